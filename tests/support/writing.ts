/// <reference lib="dom" />
import type { BrowserContext, Locator, Page } from 'playwright-core'

export function text(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Text of the post' })
}

export function ready(page: Page): Promise<void> {
  return page.locator('post-editor[data-state="ready"]').waitFor()
}

/** Pages that are opened from now on save by themselves after a second, not after ten. */
export async function hurry(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    // Before the editor's script runs.
    document.addEventListener('readystatechange', () => {
      const form = document.querySelector<HTMLElement>('form[data-autosave-url]')
      if (form) form.dataset['autosaveSeconds'] = '1'
    })
  })
}

/** A post with one sentence, saved from its form; returns the form's address. */
export async function writePost(
  page: Page,
  { isPublished = false }: { readonly isPublished?: boolean } = {},
): Promise<string> {
  await page.goto(new URL('/admin/posts/new', page.url()).href)
  await ready(page)
  await page.getByLabel('Title', { exact: true }).fill('Low water')
  await text(page).click()
  await page.keyboard.type('Mud, and a bicycle.')
  if (isPublished) await page.getByRole('radio', { name: /^Published/ }).check()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.waitForURL(/\/admin\/posts\/[0-9a-f-]{36}\/$/)
  await ready(page)
  return page.url()
}

export async function writeOn(page: Page, words: string): Promise<void> {
  await text(page).click()
  // As slow as a hand: the editor learns of the caret's place in a task of its own.
  await page.keyboard.press('Control+End', { delay: 100 })
  await page.keyboard.type(words, { delay: 2 })
}

export async function openAgain(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(url)
  await ready(page)
  return page
}
