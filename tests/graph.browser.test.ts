/// <reference lib="dom" />
import { createPost } from '@rose-ash/testing/factories/post'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type EditorInBrowser, startEditorInBrowser } from './support/editor-in-browser.ts'
import { firstLook, lookOver } from './support/look-over.ts'

let editor: EditorInBrowser

beforeAll(async () => {
  editor = await startEditorInBrowser()
}, 60_000)
afterAll(() => editor?.[Symbol.asyncDispose]())

function post(values: Parameters<typeof createPost>[1]) {
  return createPost(editor.connection.database, values)
}

function objectAddress(id: string): string {
  return `/admin/objects/${encodeURIComponent(`post:${id}`)}/`
}

test(
  'a type is made, a post of it written, refused, related, listed while it happens, and explained',
  { timeout: 90_000 },
  async () => {
    await using opened = await editor.open('/admin/metamodel/types/new')
    const { page } = opened
    await page.getByLabel('Title').fill('Recipe')
    await page.getByLabel('Slug').fill('recipe')
    await page.getByRole('group', { name: 'Stands below' }).getByLabel('Article').check()
    await page.locator('#field-name-0').fill('serves')
    await page.locator('#field-label-0').fill('Serves')
    await page.locator('#field-type-0').selectOption('Int')
    await page.locator('#rule-block-0').selectOption('list')
    await page.locator('#rule-message-0').fill('A recipe needs a list of what goes in.')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.goto(`${editor.origin}/admin/queries/new`)
    await page.getByLabel('Title').fill('All recipes')
    await page.getByLabel('What belongs in it').fill('?- instance(P, "type:recipe").')
    await page.getByLabel('Everybody may see it').check()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await using visitor = await editor.open('/lists/all-recipes/')
    expect(await visitor.page.getByRole('main').innerText()).not.toContain('Leek soup')

    await page.goto(`${editor.origin}/admin/posts/new`)
    await page.getByLabel('Title', { exact: true }).fill('Leek soup')
    const text = page.locator('post-editor [contenteditable="true"]').first()
    await text.click()
    await page.keyboard.type('# Leek soup\nFor cold days.')
    await page.getByLabel('Recipe').check()
    await page.getByRole('button', { name: 'Show their fields' }).click()
    await page.getByRole('radio', { name: /Published/ }).check()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    const alert = page.getByRole('alert')
    expect(await alert.innerText()).toContain('A recipe needs a list of what goes in.')
    await text.locator('> p').last().click()
    await page.keyboard.press('End')
    await page.keyboard.type('\n- leeks\npotatoes')
    await page.getByLabel('Serves').fill('4')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.waitForURL(/admin\/posts\/[0-9a-f-]{36}\/$/)

    // The list that was open has heard of it.
    await expect
      .poll(() => visitor.page.getByRole('main').innerText(), { timeout: 10_000 })
      .toContain('Leek soup')

    await post({ title: 'Cellar stores' })
    await page.getByRole('link', { name: 'Types and relations' }).click()
    await page.getByRole('link', { name: 'Add to Related' }).click()
    await page.locator('#relation-related').getByRole('searchbox').fill('cellar')
    await page
      .locator('#relation-related')
      .getByRole('button', { name: /^Cellar stores/ })
      .click()
    await expect
      .poll(() => page.locator('#relation-related .chip').innerText())
      .toContain('Cellar stores')
    await page
      .locator('details.reasons')
      .filter({ hasText: 'subtype of “Article”' })
      .first()
      .locator('summary')
      .click()
    const why = await page.locator('details.reasons[open]').innerText()
    expect(why).toContain('“Leek soup” is of the type “Recipe”.')
    expect(why).toContain('“Recipe” is a subtype of “Article”.')

    await page.goto(`${editor.origin}/leek-soup/`)
    expect(await page.getByRole('main').innerText()).toMatch(/Serves\s+4/)
    expect(await page.getByRole('main').innerText()).toContain('Cellar stores')
  },
)

describe('the relate picker', { timeout: 60_000 }, () => {
  test('finds, relates and releases by keyboard alone, without leaving the page', async () => {
    const bread = await post({ title: 'Bread' })
    for (let number = 1; number <= 15; number += 1)
      await post({ title: `Loaf ${String(number).padStart(2, '0')}` })
    await using opened = await editor.open(objectAddress(bread.id))
    const { page, faults } = opened
    const section = page.locator('#relation-related')
    await section.getByRole('link', { name: 'Add to Related' }).focus()
    await page.keyboard.press('Enter')
    const query = section.getByRole('searchbox')
    await expect.poll(() => query.evaluate((it) => it === document.activeElement)).toBe(true)
    await page.keyboard.type('loaf')
    const more = section.getByRole('link', { name: 'More' })
    await expect.poll(() => more.getAttribute('href')).toContain('q=loaf')
    await more.click()
    await expect.poll(() => section.locator('[data-picker-option]').count()).toBe(3)
    await query.focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect.poll(() => section.locator('.chip').innerText()).toContain('Loaf 14')
    // Ready for the next.
    await expect.poll(() => query.evaluate((it) => it === document.activeElement)).toBe(true)
    await section.getByRole('button', { name: /Take Loaf 14/ }).click()
    await expect.poll(() => section.locator('.chip').count()).toBe(0)
    expect(page.url()).toBe(`${editor.origin}${objectAddress(bread.id)}`)
    expect(faults).toEqual([])
  })

  test('is on the page of the post itself, which shows at once what has changed', async () => {
    const { slug } = await post({ title: 'Stock' })
    for (const title of ['Onions', 'Bones']) await post({ title })
    await using opened = await editor.open(`/${slug}/`)
    const { page, faults } = opened
    const nav = page.getByRole('navigation', { name: 'For editors' })
    await nav.getByRole('link', { name: 'Relate' }).click()
    const section = page.locator('#relation-related')
    await section.getByRole('link', { name: 'Add to Related' }).click()
    await section.getByRole('searchbox').fill('onion')
    await section.getByRole('button', { name: /^Onions/ }).click()
    const shown = page.getByRole('region', { name: 'Related', exact: true }).first()
    await expect.poll(() => shown.getByRole('link', { name: 'Onions' }).count()).toBe(1)
    const types = page.locator('#relation-is-a')
    await types.getByRole('link', { name: 'Add to Is a' }).click()
    await types.getByRole('button', { name: /^Article/ }).click()
    const known = page.getByRole('complementary', { name: 'At a glance' })
    await expect.poll(() => known.innerText()).toContain('Article')
    // Several at once, each where it was.
    expect(await section.getByRole('searchbox').inputValue()).toBe('onion')
    expect(new URL(page.url()).pathname).toBe(`/${slug}/`)
    expect(await lookOver(page)).toEqual([])
    expect(faults).toEqual([])

    await nav.getByRole('link', { name: 'Edit' }).click()
    await expect.poll(() => page.getByLabel('Title', { exact: true }).inputValue()).toBe('Stock')
  })

  test('is told of what may not be, where it was asked', async () => {
    const { id } = await post({ title: 'Alone' })
    await post({ title: 'Gone soon' })
    await using opened = await editor.open(`${objectAddress(id)}?kind=related`)
    const { page } = opened
    const section = page.locator('#relation-related')
    const option = section.getByRole('button', { name: /^Gone soon/ })
    await option.evaluate((it: HTMLButtonElement) => (it.value = 'post:nobody'))
    await option.click()
    await expect.poll(() => section.getByRole('alert').count()).toBe(1)
    expect(page.url()).toContain('?kind=related')
  })

  test('works without scripts', async () => {
    const soup = await post({ title: 'Soup' })
    await post({ title: 'Ladle' })
    await using opened = await editor.open(`/${soup.slug}/`, { javaScriptEnabled: false })
    const { page } = opened
    await page.getByRole('link', { name: 'Relate', exact: true }).click()
    await page.getByRole('link', { name: 'Its relations, on a page of their own' }).click()
    await page.getByRole('link', { name: 'Add to Related' }).click()
    await page.locator('#relation-related').getByRole('searchbox').fill('ladle')
    await page.locator('#relation-related').getByRole('button', { name: 'Find' }).click()
    await page
      .locator('#relation-related')
      .getByRole('button', { name: /^Ladle/ })
      .click()
    await expect.poll(() => page.locator('#relation-related .chip').innerText()).toContain('Ladle')
  })
})

test(
  'the pages of posts and their relations are accessible and keep their width',
  { timeout: 60_000 },
  async () => {
    const made = await post({ title: 'A post' })
    const addresses = [
      objectAddress(made.id),
      `${objectAddress(made.id)}?kind=related`,
      '/article/',
      '/admin/metamodel/',
      '/admin/metamodel/types/new',
      '/admin/queries/',
      '/admin/queries/new',
    ]
    await using opened = await editor.open('/', firstLook)
    const { page, faults } = opened
    const found: string[] = []
    for (const address of addresses) {
      await page.goto(editor.origin + address)
      found.push(...(await lookOver(page)))
    }
    expect([...found, ...faults]).toEqual([])
  },
)
