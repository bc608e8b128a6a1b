import type { AppName } from '@rose-ash/shared/contracts/apps'
import { blockThirdPartyCookies, launchBrowser } from '@rose-ash/testing/browser'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestContent, type TestContent } from './support/content.ts'
import { startOneProcess } from './support/one-process.ts'
import { signInByMail } from './support/sign-in.ts'
import { startTerminal } from './support/terminal.ts'

/** Public pages of all six: a member is known by their name in the header. */
const publicPaths: Readonly<Record<AppName, string>> = {
  blog: '/',
  market: '/',
  events: '/',
  cart: '/',
  account: '/details/',
  federation: '/',
}

const email = 'somebody.new@example.org'

/** All in one process; what goes on between six of them is in `processes.redis.test.ts`. */
describe('signing on where other sites’ cookies are blocked', { timeout: 60_000 }, () => {
  let content: TestContent
  let platform: Awaited<ReturnType<typeof startOneProcess>>
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    content = await createTestContent()
    platform = await startOneProcess(content)
    browser = await launchBrowser()
    page = await browser.newPage()
    await blockThirdPartyCookies(page)
  }, 150_000)

  afterAll(async () => {
    await browser?.close()
    await platform?.[Symbol.asyncDispose]()
    await content?.[Symbol.asyncDispose]()
  })

  async function isKnown(app: AppName): Promise<boolean> {
    await page.goto(platform.urls[app] + publicPaths[app])
    return (await page.getByText(email).count()) > 0
  }

  async function signInTerminal() {
    await page.goto(`${platform.urls.account}/apps/new`)
    await page.getByLabel('Name').fill('The terminal')
    await page.getByLabel('A device').check()
    await page.getByRole('button', { name: 'Register' }).click()
    const clientId = await page.locator('dd code').nth(1).textContent()
    const terminal = startTerminal(clientId ?? '', platform.urls.federation)
    const [, address = '', code = ''] = await terminal.says(/Open (\S+) and type (\S+)/)
    await page.goto(address)
    await page.getByLabel('Code').fill(code.toLowerCase())
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByText(code).waitFor()
    await page.getByRole('button', { name: 'It is mine, go on' }).click()
    await page.getByRole('button', { name: 'Let it in' }).click()
    await page.getByRole('heading', { name: 'Your device is connected' }).waitFor()
    await terminal.says(new RegExp(`Signed in as ${email}`))
    await page.goto(`${platform.urls.account}/apps/`)
    await page.getByRole('button', { name: 'Take back from The terminal' }).click()
    await page.getByText('The terminal is signed out of your account.').waitFor()
  }

  test('a stranger is a stranger everywhere', async () => {
    for (const app of ['blog', 'market', 'events', 'cart', 'federation'] as const) {
      expect(await isKnown(app), app).toBe(false)
      expect(page.url()).toBe(`${platform.urls[app]}/`)
    }
  })

  test('what a stranger puts into the cart is theirs after signing in, on every subdomain', async () => {
    await page.goto(`${platform.urls.market}/`)
    await page.locator('.product-card a').first().click()
    await page.getByRole('button', { name: 'Add to cart' }).click()
    for (const app of ['market', 'blog', 'cart'] as const) {
      await page.goto(`${platform.urls[app]}/`)
      await page.getByRole('link', { name: 'Cart, 1 item' }).first().waitFor()
    }
  })

  test('one magic link, and a member is known on all six', async () => {
    const { mailFolder } = content
    await signInByMail(page, { email, startUrl: `${platform.urls.market}/`, mailFolder })
    expect(page.url()).toBe(`${platform.urls.market}/`)
    for (const app of Object.keys(publicPaths) as AppName[]) {
      expect(await isKnown(app), app).toBe(true)
    }
  })

  test('the cart came along', async () => {
    await page.goto(`${platform.urls.cart}/`)
    await page.getByRole('link', { name: 'Cart, 1 item' }).first().waitFor({ timeout: 20_000 })
  })

  test('cookies deleted on one, known there again without a click', async () => {
    const { hostname } = new URL(platform.urls.events)
    await page.context().clearCookies({ domain: hostname })
    expect(await isKnown('events')).toBe(true)
    expect(page.url()).toBe(`${platform.urls.events}/`)
  })

  test('a program in a terminal is signed in by typing its code into a page', signInTerminal)

  test('signed out on one, unknown on all, and not signed in again behind their back', async () => {
    await page.goto(`${platform.urls.events}/`)
    await page.locator('.auth-menu summary').first().click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL(`${platform.urls.blog}/`)
    for (const app of ['blog', 'market', 'events', 'cart', 'federation'] as const) {
      expect(await isKnown(app), app).toBe(false)
    }
    await page.goto(`${platform.urls.account}/`)
    await page.getByLabel('Email').waitFor()
  })
})
