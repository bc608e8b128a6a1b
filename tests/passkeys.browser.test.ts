import { launchBrowser } from '@rose-ash/testing/browser'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, test } from 'vitest'
import { createTestContent, type TestContent } from './support/content.ts'
import { startOneProcess } from './support/one-process.ts'
import { signInByMail } from './support/sign-in.ts'

let content: TestContent
let platform: Awaited<ReturnType<typeof startOneProcess>>
let browser: Browser
let context: BrowserContext
let page: Page
const email = 'keyholder@example.org'

beforeAll(async () => {
  content = await createTestContent()
  platform = await startOneProcess(content)
  browser = await launchBrowser()
  context = await browser.newContext()
  page = await context.newPage()
}, 150_000)

afterAll(async () => {
  await browser?.close()
  await platform?.[Symbol.asyncDispose]()
  await content?.[Symbol.asyncDispose]()
})

/** A device that has a passkey store and a finger on its sensor, and so answers each question at once. */
async function addAuthenticator(): Promise<void> {
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

/** As in a browser that does not offer passkeys in a field. */
function offerNothing() {
  return page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false)
  })
}

async function signOut() {
  await page.goto(`${platform.urls.blog}/`)
  await page.locator('.auth-menu summary').first().click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL(`${platform.urls.blog}/`)
  await page.getByRole('link', { name: 'Sign in' }).first().waitFor()
}

test('a passkey is added, named, used to sign in, and removed', { timeout: 60_000 }, async () => {
  const { mailFolder } = content
  await signInByMail(page, { email, startUrl: `${platform.urls.market}/`, mailFolder })
  await addAuthenticator()
  await page.goto(`${platform.urls.federation}/passkeys/`)
  await page.getByText('You have none yet.').waitFor()
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByText('The passkey is added. You can sign in with it.').waitFor()
  await page.getByText('Rename').click()
  await page.getByLabel('New name').fill('The kitchen laptop')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('The name is saved.').waitFor()

  // The same device is told that it has one already.
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByText('This device has a passkey for your account already.').waitFor()

  // Offered in the field, and taken there.
  await signOut()
  await page.getByRole('link', { name: 'Sign in' }).first().click()
  await page.locator('.auth-menu summary').first().waitFor()

  // By the button.
  await offerNothing()
  await signOut()
  await page.getByRole('link', { name: 'Sign in' }).first().click()
  await page.getByRole('button', { name: 'Use a passkey' }).click()
  await page.waitForURL(`${platform.urls.blog}/`)
  await page.locator('.auth-menu summary').first().waitFor()

  await page.goto(`${platform.urls.federation}/passkeys/`)
  await page.getByText('Last used').waitFor()
  await page.getByRole('button', { name: 'Remove The kitchen laptop' }).click()
  await page.getByText('The kitchen laptop is removed.').waitFor()

  await signOut()
  await page.getByRole('link', { name: 'Sign in' }).first().click()
  await page.getByRole('button', { name: 'Use a passkey' }).click()
  await page.getByText('This passkey is not known here any more.').waitFor()
})
