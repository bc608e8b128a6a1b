/// <reference lib="dom" />
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type EditorInBrowser, startEditorInBrowser } from './support/editor-in-browser.ts'
import { hurry, openAgain, ready, text, writeOn, writePost } from './support/writing.ts'

let editor: EditorInBrowser

vi.setConfig({ testTimeout: 60_000 })

beforeAll(async () => {
  editor = await startEditorInBrowser()
}, 60_000)
afterAll(() => editor?.[Symbol.asyncDispose]())

function copyBar(page: Page) {
  return page.getByRole('alert').filter({ hasText: 'that was not saved' })
}

/** The tab's process ends at once; what the browser keeps is all there is. */
async function crash(page: Page): Promise<void> {
  const crashed = page.waitForEvent('crash')
  await page.goto('chrome://crash').catch(() => {})
  await crashed
  await page.close()
}

async function stored(url: string) {
  const { rows } = await editor.connection.pool.query(
    'select title, plaintext, version from posts where id = $1',
    [url.split('/').at(-2)],
  )
  return rows[0] as { title: string; plaintext: string; version: number }
}

test('what is written in a draft while nobody answers survives a crash', async () => {
  await using opened = await editor.open('/')
  const context = opened.page.context()
  await hurry(context)
  const url = await writePost(opened.page)
  await context.setOffline(true)
  await opened.page.getByLabel('Title', { exact: true }).fill('Lower water')
  await writeOn(opened.page, ' And then a boot.\nThe **third** paragraph.')
  await writeOn(opened.page, '\nThe last words.')
  await opened.page.waitForTimeout(1500)
  await crash(opened.page)
  expect((await stored(url)).plaintext).not.toContain('boot')

  await context.setOffline(false)
  const page = await openAgain(context, url)
  expect(await text(page).innerText()).not.toContain('boot')
  expect(await copyBar(page).innerText()).not.toContain('changed since')
  await copyBar(page).getByRole('button', { name: 'Put back what you had' }).click()
  await expect.poll(() => text(page).innerText()).toContain('The last words.')
  expect(await page.getByLabel('Title', { exact: true }).inputValue()).toBe('Lower water')
  // Without a hand on it.
  await page.getByText(/^Saved at \d/).waitFor({ timeout: 20_000 })
  expect(await stored(url)).toMatchObject({
    title: 'Lower water',
    plaintext: 'Mud, and a bicycle. And then a boot.\n\nThe third paragraph.\n\nThe last words.',
  })
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([])
})

test('a new post that never reached the site is there for the next new one', async () => {
  await using opened = await editor.open('/admin/posts/new')
  const context = opened.page.context()
  await ready(opened.page)
  await context.setOffline(true)
  await opened.page.getByLabel('Title', { exact: true }).fill('Never sent')
  await writeOn(opened.page, 'Not a word of it.')
  await opened.page.waitForTimeout(1500)
  await crash(opened.page)

  await context.setOffline(false)
  const page = await openAgain(context, `${editor.origin}/admin/posts/new`)
  await copyBar(page).getByRole('button', { name: 'Put back what you had' }).click()
  await expect.poll(() => text(page).innerText()).toContain('Not a word of it.')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.waitForURL(/\/admin\/posts\/[0-9a-f-]{36}\/$/)
  expect(await stored(page.url())).toMatchObject({ title: 'Never sent', version: 1 })
})

test('whoever presses Save while nobody answers goes back and finds it', async () => {
  await using opened = await editor.open('/')
  const { page } = opened
  const url = await writePost(page, { isPublished: true })
  await page.context().setOffline(true)
  await writeOn(page, ' And then a boot.')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect.poll(() => page.evaluate(() => document.querySelector('post-editor'))).toBeNull()

  await page.context().setOffline(false)
  await page.goto(url)
  await ready(page)
  await copyBar(page).getByRole('button', { name: 'Put back what you had' }).click()
  await expect.poll(() => text(page).innerText()).toContain('And then a boot.')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect
    .poll(async () => (await stored(url)).plaintext)
    .toBe('Mud, and a bicycle. And then a boot.')
  await ready(page)
  expect(await copyBar(page).count()).toBe(0)
})

/** The next automatic save arrives, and its answer does not. Resolves when that has happened. */
function loseNextAnswer(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        const real = window.fetch
        window.fetch = async (url, options) => {
          const answer = await real(url, options)
          const { body } = options ?? {}
          if (!(body instanceof URLSearchParams) || !body.has('autosave')) return answer
          window.fetch = real
          resolve()
          throw new TypeError('The answer is lost.')
        }
      }),
  )
}

test('whose answer is lost is not saved twice, and meets nobody else’s version', async () => {
  await using opened = await editor.open('/')
  const { page } = opened
  await hurry(page.context())
  await page.goto(`${editor.origin}/admin/posts/new`)
  await ready(page)
  const lost = loseNextAnswer(page)
  await page.getByLabel('Title', { exact: true }).fill('Once only')
  await writeOn(page, 'One.')
  await lost
  await writeOn(page, ' Two.')
  await page.getByText(/^Saved at/).waitFor({ timeout: 40_000 })
  const url = page.url()
  expect(url).toMatch(/\/admin\/posts\/[0-9a-f-]{36}\/$/)

  const lostAgain = loseNextAnswer(page)
  await writeOn(page, ' Three.')
  await lostAgain
  await writeOn(page, ' Four.')
  await expect
    .poll(async () => (await stored(url)).plaintext, { timeout: 40_000 })
    .toBe('One. Two. Three. Four.')
  expect(await page.getByRole('alert').count()).toBe(0)
  const { rows } = await editor.connection.pool.query(
    `select count(*)::int from posts where title = 'Once only'`,
  )
  expect(rows).toEqual([{ count: 1 }])
})

for (const isPublished of [false, true]) {
  const kind = isPublished ? 'published post' : 'draft'
  test(`what is put back over a newer version of a ${kind} is brought together with it`, async () => {
    await using opened = await editor.open('/')
    const context = opened.page.context()
    const url = await writePost(opened.page, { isPublished })
    await context.setOffline(true)
    await writeOn(opened.page, '\nMy own paragraph.')
    await opened.page.waitForTimeout(1500)
    await crash(opened.page)

    await using elsewhere = await editor.open(new URL(url).pathname)
    await ready(elsewhere.page)
    await elsewhere.page.getByLabel('Title', { exact: true }).fill('Their water')
    await text(elsewhere.page).click()
    await elsewhere.page.keyboard.press('Control+Home', { delay: 100 })
    await elsewhere.page.keyboard.type('Their paragraph.\n')
    await elsewhere.page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect
      .poll(() => stored(url))
      .toMatchObject({ title: 'Their water', plaintext: 'Their paragraph.\n\nMud, and a bicycle.' })

    await context.setOffline(false)
    const page = await openAgain(context, url)
    expect(await copyBar(page).innerText()).toContain('changed since')
    await copyBar(page).getByRole('button', { name: 'Put back what you had' }).click()
    await expect.poll(() => text(page).innerText()).toContain('My own paragraph.')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('heading', { name: 'Somebody else saved this meanwhile' }).waitFor()
    await ready(page)
    expect((await stored(url)).plaintext).not.toContain('My own')
    expect(await copyBar(page).count()).toBe(0)
    expect(await page.getByLabel('Title', { exact: true }).inputValue()).toBe('Their water')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect
      .poll(async () => (await stored(url)).plaintext)
      .toBe('Their paragraph.\n\nMud, and a bicycle.\n\nMy own paragraph.')
    await ready(page)
    expect(await copyBar(page).count()).toBe(0)
  })
}
