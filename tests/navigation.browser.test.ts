/// <reference lib="dom" />
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createMenuNode } from '@rose-ash/testing/factories/menu'
import { createPage } from '@rose-ash/testing/factories/page'
import { createPost, createTag } from '@rose-ash/testing/factories/post'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type EditorInBrowser, startEditorInBrowser } from './support/editor-in-browser.ts'
import { firstLook, lookOver } from './support/look-over.ts'

let editor: EditorInBrowser
beforeAll(async () => {
  editor = await startEditorInBrowser()
}, 60_000)
afterAll(() => editor?.[Symbol.asyncDispose]())
beforeEach(() => emptyTables(editor.connection.pool, 'posts', 'menu_nodes', 'tags'))

const address = '/admin/navigation/'

async function fill(...labels: string[]): Promise<void> {
  for (const [sortOrder, label] of labels.entries()) {
    const place = { app: '', path: 'https://example.org/', sortOrder }
    await createMenuNode(editor.connection.database, { label, ...place })
  }
}

/** Labels by level: `A`, `- B`, `-- C`. */
function outline(page: Page): Promise<readonly string[]> {
  return page.$$eval('[data-entry]', (entries) =>
    entries.map((entry) => {
      let level = 0
      for (let at = entry.parentElement; at; at = at.parentElement)
        if (at.matches('[data-entry]')) level += 1
      return `${'-'.repeat(level)}${entry.getAttribute('data-label')}`
    }),
  )
}

const handle = (page: Page, label: string) =>
  page.locator(`[data-label="${label}"] [data-handle]`).first()

describe('the editor of a menu', { timeout: 30_000 }, () => {
  test('moves entries by the arrow keys, keeps the focus and tells the place', async () => {
    await fill('A', 'B', 'C')
    await using opened = await editor.open(address)
    const { page, faults } = opened
    const told = () => page.locator('[data-told]').textContent()
    await handle(page, 'C').focus()
    await page.keyboard.press('ArrowUp')
    await expect.poll(told).toBe('C: 2 of 3, at the top')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowDown')
    await expect.poll(told).toBe('C is the last here.')
    expect(await outline(page)).toEqual(['A', '-C', 'B'])
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowUp')
    await expect.poll(told).toBe('C: 1 of 3, at the top')
    expect(await handle(page, 'C').evaluate((it) => it === document.activeElement)).toBe(true)
    await page.reload()
    expect(await outline(page)).toEqual(['C', 'A', 'B'])
    expect(faults).toEqual([])
  })

  test('moves entries by drag, under others and back', async () => {
    await fill('A', 'B', 'C')
    await using opened = await editor.open(address)
    const { page, faults } = opened
    const drag = async (label: string, { below, right }: { below: string; right: number }) => {
      const from = (await handle(page, label).boundingBox())!
      const to = (await handle(page, below).boundingBox())!
      await page.mouse.move(from.x + 10, from.y + 10)
      await page.mouse.down()
      await page.mouse.move(from.x + 20, from.y + 20)
      await page.mouse.move(from.x + 10 + right, to.y + to.height - 2, { steps: 3 })
      expect(await page.locator('.nav-editor-line').count()).toBe(1)
      await page.mouse.up()
    }
    await drag('C', { below: 'A', right: 40 })
    await expect.poll(() => outline(page)).toEqual(['A', '-C', 'B'])
    await drag('A', { below: 'B', right: 0 })
    await expect.poll(() => outline(page)).toEqual(['B', 'A', '-C'])
    await drag('C', { below: 'B', right: -40 })
    await expect.poll(() => outline(page)).toEqual(['B', 'C', 'A'])
    expect(faults).toEqual([])
  })

  test('deletes and brings back, and tells of what somebody else did first', async () => {
    await fill('A', 'B')
    await using opened = await editor.open(address)
    await using other = await editor.open(address)
    await opened.page.getByRole('button', { name: 'Delete A' }).click()
    await expect.poll(() => outline(opened.page)).toEqual(['B'])
    await opened.page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => outline(opened.page)).toEqual(['A', 'B'])
    await opened.page.getByRole('button', { name: 'Move B up' }).click()
    await expect.poll(() => outline(opened.page)).toEqual(['B', 'A'])
    await other.page.getByRole('button', { name: 'Delete B' }).click()
    await expect
      .poll(() => other.page.getByRole('alert').innerText())
      .toContain('You wanted to delete “B”.')
    expect(await outline(other.page)).toEqual(['B', 'A'])
    await other.page.getByRole('button', { name: 'Do it now' }).click()
    await expect.poll(() => outline(other.page)).toEqual(['A'])
  })

  test('does all of it without scripts', async () => {
    await createPage(editor.connection.database, { title: 'Our mill', slug: 'mill' })
    await using opened = await editor.open(address, { javaScriptEnabled: false })
    const { page } = opened
    await page.getByRole('textbox', { name: 'Name' }).fill('Away')
    await page.getByRole('textbox', { name: 'Address' }).fill('https://example.org/')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('searchbox').fill('mill')
    await page.getByRole('button', { name: 'Find' }).click()
    await page.getByRole('button', { name: 'Add Our mill, Page' }).click()
    expect(await outline(page)).toEqual(['Away', 'Our mill'])
    await page.getByRole('button', { name: 'Put Our mill under the entry before it' }).click()
    expect(await outline(page)).toEqual(['Away', '-Our mill'])
  })
})

test('the pages of those who look after the site are sound', { timeout: 30_000 }, async () => {
  const { database } = editor.connection
  const mill = await createPage(database, { title: 'Our mill' })
  const tag = await createTag(database, { name: 'Bread', accentColor: '#9a3f55' })
  await createTag(database, { name: '#pin', visibility: 'internal' })
  await createPost(database, { title: 'Mill day', tags: [tag] })
  await fill('A', 'B')
  const above = await createMenuNode(database, {
    label: 'Mill',
    path: `/go/post/${mill.id}/`,
    sortOrder: 2,
  })
  await createMenuNode(database, {
    label: 'Under',
    path: '/go/post/00000000-0000-4000-8000-000000000000/',
    parentId: above.id,
  })
  await using opened = await editor.open('/', firstLook)
  const { page, faults } = opened
  const found: string[] = []
  const paths = [
    `${address}?q=mill`,
    `/admin/tags/${tag.id}/`,
    '/admin/tags/',
    '/admin/site/',
    `/admin/posts/${mill.id}/features`,
  ]
  for (const path of paths) {
    await page.goto(editor.origin + path)
    found.push(...(await lookOver(page)))
  }
  expect([...found, ...faults]).toEqual([])
})
