import { readdir } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { listMessages } from '@rose-ash/local/mailbox/messages'
import type { Page } from 'playwright-core'

/** Signs in as a person would: the form, the mail, the link in it, the button. Ends where it began. */
export async function signInByMail(
  page: Page,
  { email, startUrl, mailFolder }: { email: string; startUrl: string; mailFolder: string },
): Promise<void> {
  await page.goto(startUrl)
  await page.getByRole('link', { name: 'Sign in' }).first().click()
  const alreadySent = (await readdir(mailFolder)).length
  await page.getByLabel('Email').fill(email)
  await page.getByRole('button', { name: 'Send me a link' }).click()
  await page.getByRole('heading', { name: 'Look into your mail' }).waitFor()
  await page.goto(await findSignInLink(mailFolder, alreadySent))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
}

/** The one in the newest mail, once there are more than `alreadySent`. */
export async function findSignInLink(mailFolder: string, alreadySent: number): Promise<string> {
  for (let tries = 0; tries < 100; tries += 1) {
    const messages = await listMessages(mailFolder)
    const link = messages[0]?.links.find((url) => url.includes('/sign-in/'))
    if (messages.length > alreadySent && link) return link
    await delay(50)
  }
  throw new Error('No mail with a sign-in link has come.')
}
