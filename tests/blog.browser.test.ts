/// <reference lib="dom" />
import { fileURLToPath } from 'node:url'
import { publishDueJob } from '@rose-ash/blog/posts/post-writer'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EditorInBrowser, startEditorInBrowser } from './support/editor-in-browser.ts'
import { firstLook, lookOver } from './support/look-over.ts'

const archive = fileURLToPath(
  new URL(
    '../apps/blog/services/ghost/fixtures/ghost-6.65.0-export-with-images.zip',
    import.meta.url,
  ),
)
/** It has twenty-three kinds of cards. */
const slug = 'shared-tide-brackish-lighthouse'

let editor: EditorInBrowser

beforeAll(async () => {
  editor = await startEditorInBrowser({ works: true })
}, 60_000)
afterAll(() => editor?.[Symbol.asyncDispose]())

async function queryOne(sql: string, ...values: readonly string[]) {
  const { rows } = await editor.connection.pool.query(sql, [...values])
  return rows[0]
}

test(
  'a Ghost site moves in, and its editor writes, schedules, goes back and finds it again',
  { timeout: 120_000 },
  async () => {
    await using opened = await editor.open('/admin/import/')
    const { page, faults } = opened
    await page.locator('input[type="file"]').setInputFiles(archive)
    await page.getByRole('button', { name: /import/i }).click()
    await expect
      .poll(async () => (await queryOne('select state from content_imports'))?.state, {
        timeout: 60_000,
        interval: 250,
      })
      .toBe('done')

    const { id, html } = await queryOne('select id, html from posts where slug = $1', slug)
    await page.goto(`${editor.origin}/admin/posts/${id}/`)
    const text = page.locator('post-editor [contenteditable="true"]').first()
    await text.waitFor()
    await page.getByLabel('Title', { exact: true }).fill('A lighthouse of every card')
    await text.locator('> p').first().click()
    // As slow as a hand: the editor learns of the caret's place in a task of its own.
    await page.keyboard.press('End', { delay: 100 })
    await page.keyboard.press('Enter')
    await page.keyboard.type('The bioluminescence was remarkable.\n')
    const picture = await sharp({
      create: { width: 900, height: 600, channels: 3, background: '#375' },
    })
      .jpeg()
      .toBuffer()
    await page.keyboard.type('/image')
    await page.getByRole('menuitem', { name: 'Image', exact: true }).waitFor()
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.keyboard.press('Enter'),
    ])
    await chooser.setFiles({ name: 'sea.jpg', mimeType: 'image/jpeg', buffer: picture })
    await page.locator('[data-kg-card="image"] img[src*="sea"]').first().waitFor()

    await page.getByRole('radio', { name: /Scheduled/ }).check()
    await page.getByLabel(/Time of publication/).fill('2099-05-01T09:30')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('it will be published when its time comes').waitFor()
    const shown = `${editor.origin}/${slug}/`
    await using stranger = await editor.open('/')
    await stranger.page.context().clearCookies()
    expect((await stranger.page.goto(shown))?.status()).toBe(404)

    await editor.connection.pool.query('update posts set published_at = now() where id = $1', [id])
    await editor.jobs.enqueue(publishDueJob, {})
    await expect
      .poll(async () => (await stranger.page.goto(shown))?.status(), { timeout: 20_000 })
      .toBe(200)
    expect(await stranger.page.getByRole('heading', { level: 1 }).innerText()).toBe(
      'A lighthouse of every card',
    )
    const body = stranger.page.locator('.prose')
    expect(await body.innerText()).toContain('The bioluminescence was remarkable.')
    const sea = body.locator('img[src*="sea"]')
    await sea.scrollIntoViewIfNeeded()
    await expect
      .poll(() => sea.evaluate((image) => (image as HTMLImageElement).naturalWidth))
      .toBeGreaterThan(0)

    await stranger.page.goto(`${editor.origin}/search/?q=bioluminescence`)
    expect(await stranger.page.locator('.search-hits').innerText()).toContain('A lighthouse')
    expect(await stranger.page.locator('mark').first().innerText()).toBe('bioluminescence')

    await page.goto(`${editor.origin}/admin/posts/${id}/revisions/`)
    await page
      .getByRole('link', { name: /^Version/ })
      .last()
      .click()
    await page.getByRole('button', { name: /^Put version \d+ back/ }).click()
    await page.getByText('is put back').waitFor()
    const restored = await queryOne('select title, html, status from posts where id = $1', id)
    expect(restored.title).not.toBe('A lighthouse of every card')
    expect(restored.html).toBe(html)
    expect(restored.status).toBe('published')
    // What Ghost's cards would load from elsewhere is not let in.
    expect(faults.filter((fault) => !/example\.org|youtube\.com/.test(fault))).toEqual([])
  },
)

test('what editors work with is accessible and keeps its width', { timeout: 60_000 }, async () => {
  const { id } = await queryOne('select id from posts where slug = $1', slug)
  const found: string[] = []
  const paths = [
    '/admin/posts/',
    '/admin/posts/new',
    `/admin/posts/${id}/`,
    `/admin/posts/${id}/revisions/`,
    `/admin/posts/${id}/revisions/2/`,
    '/search/?q=tide',
  ]
  await using opened = await editor.open('/', firstLook)
  for (const path of paths) {
    await opened.page.goto(editor.origin + path)
    if (path.includes('/new') || path.endsWith(`${id}/`))
      await opened.page.locator('post-editor[data-state="ready"]').waitFor()
    found.push(...(await lookOver(opened.page, '.koenig-lexical')))
  }
  expect(found).toEqual([])
})
