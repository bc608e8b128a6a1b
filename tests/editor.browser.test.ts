/// <reference lib="dom" />
import { readFileSync } from 'node:fs'
import { readBody, type SourceBody } from '@rose-ash/blog/documents/body'
import { loadGhostPackages } from '@rose-ash/blog/documents/ghost-packages'
import type { LexicalDocument } from '@rose-ash/blog/documents/lexical'
import { createDocumentRenderer } from '@rose-ash/blog/documents/render'
import { createMarketPlace, createProduct } from '@rose-ash/testing/factories/shop'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { findViolations } from './support/axe.ts'
import { startEditorInBrowser } from './support/editor-in-browser.ts'
import { startTestPostInBrowser, type TestPostInBrowser } from './support/test-post-in-browser.ts'

const packages = await loadGhostPackages()
const renderer = createDocumentRenderer(packages)
const fixtures = new URL('../apps/blog/services/ghost/fixtures/', import.meta.url)
let started: TestPostInBrowser
let context: BrowserContext

vi.setConfig({ testTimeout: 30_000 })

beforeAll(async () => {
  started = await startTestPostInBrowser()
  // One for all, so that the script comes over the wire and is compiled once.
  context = await started.newContext()
}, 60_000)
afterAll(() => started?.[Symbol.asyncDispose]())
beforeEach(() => {
  Object.assign(started.post, {
    title: 'Harbour',
    document: undefined,
    version: 1,
    sent: {},
    refusal: undefined,
  })
  return async () => {
    for (const page of context.pages()) {
      await page.evaluate(() => localStorage.clear())
      await page.close({ runBeforeUnload: false })
    }
  }
})

function text(page: Page) {
  return page.getByRole('textbox', { name: 'Text of the post' })
}

/** In the hidden field that the form sends. */
function held(page: Page) {
  return page.locator('input[name="lexical"]').inputValue()
}

/** Every body of the two exports, those in the old format converted as an import does it. */
const documents = [
  'ghost-6.65.0-sqlite-export.json',
  'ghost-5.130.6-mobiledoc-export.json',
].flatMap((name): LexicalDocument[] => {
  const exported = JSON.parse(readFileSync(new URL(name, fixtures), 'utf8'))
  const posts: readonly SourceBody[] = exported.db[0].data.posts
  return posts.map((post) => readBody(post, packages).document)
})

test('every document opens, comes out whole, and is the same when it is opened again', async () => {
  expect(documents).toHaveLength(29 + 13)
  const stored = await Promise.all(documents.map((document) => renderer.render(document)))
  const page = await started.open(context)
  const written = await page.evaluate(
    async (list) => {
      const form = document.querySelector('form')!
      const model = document.querySelector<HTMLElement>('post-editor')!
      const open = (lexical: string) =>
        new Promise<string>((resolve, reject) => {
          document.querySelector('post-editor')?.remove()
          const element = model.cloneNode(false) as HTMLElement & { serialize(): string }
          element.dataset['document'] = lexical
          element.innerHTML = '<input type="hidden" name="lexical">'
          new MutationObserver(() => {
            if (element.dataset['state'] === 'ready') resolve(element.serialize())
            if (element.dataset['state'] === 'failed')
              reject(new Error(`${lexical.slice(0, 200)} does not open`))
          }).observe(element, { attributeFilter: ['data-state'] })
          form.append(element)
        })
      const results: { first: string; second: string }[] = []
      for (const lexical of list) {
        const first = await open(lexical)
        // Each second one, since it takes as long again.
        const second = results.length % 2 === 0 ? await open(first) : first
        results.push({ first, second })
      }
      return results
    },
    stored.map(({ lexical }) => JSON.stringify(lexical)),
  )
  for (const [index, { first, second }] of written.entries()) {
    expect(JSON.parse(second)).toEqual(JSON.parse(first))
    const after = await renderer.render(JSON.parse(first) as LexicalDocument)
    expect(after.unknownNodes).toEqual([])
    expect(after.plaintext).toBe(stored[index]?.plaintext)
  }
}, 60_000)

test('what is typed is counted, kept in the browser, and saved by itself', async () => {
  const page = await started.open(context)
  await text(page).click()
  expect(await held(page)).toBe('')
  await page.keyboard.type('## Tides\nThe **water** comes.\n')
  await page.getByText('4 words, 1 min to read').waitFor()
  await page.getByText(/^Saved at \d/).waitFor()
  expect(started.post.version).toBeGreaterThan(1)
  expect(started.post.sent).toMatchObject({ title: 'Harbour', autosave: '1' })
  // The first saves may have come in the middle of a word.
  const saved = async () => (await renderer.render(started.post.document!)).html
  await expect.poll(saved).toContain('<strong>water</strong> comes.')
  expect(await saved()).toContain('<h2 id="tides">Tides</h2>')
  await expect
    .poll(() => page.locator('input[name="version"]').inputValue())
    .toBe(`${started.post.version}`)
  await expect.poll(() => page.evaluate(() => localStorage.length)).toBe(0)
  await page.keyboard.type('And goes.')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.waitForLoadState()
  await expect.poll(() => JSON.stringify(started.post.document)).toContain('And goes.')
})

test('looking at a text, and undoing what one has typed, changes nothing', async () => {
  started.post.document = documents[0]
  const page = await started.open(context)
  await text(page).click({ position: { x: 5, y: 5 } })
  await page.keyboard.press('ArrowDown')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.waitForLoadState()
  await expect.poll(() => started.post.version).toBe(2)
  expect(started.post.sent['lexical']).toBe('')
})

test('after a crash it is put back, or thrown away', async () => {
  started.post.refusal = { status: 503, body: { detail: 'We are catching our breath.' } }
  const page = await started.open(context)
  await text(page).click()
  await page.keyboard.type('Not to be lost')
  await page.getByText(/Not saved since .+; kept in this browser\./).waitFor()
  await page.close({ runBeforeUnload: false })

  const again = await started.open(context)
  expect(await text(again).innerText()).not.toContain('Not to be lost')
  const bar = again.getByRole('alert').filter({ hasText: 'that was not saved' })
  await bar.getByRole('button', { name: 'Put back what you had' }).click()
  await expect.poll(() => text(again).innerText()).toContain('Not to be lost')
  expect(await bar.count()).toBe(0)
  await expect.poll(() => held(again)).toContain('Not to be lost')
  await again.close()

  const third = await started.open(context)
  await third.getByRole('button', { name: 'Throw it away' }).click()
  expect(await third.evaluate(() => localStorage.length)).toBe(0)
})

test('when somebody else has saved meanwhile, that is said, and nothing is sent over it', async () => {
  const mergeUrl = '/admin/test-post/merge'
  started.post.refusal = { status: 409, body: { message: 'Maud has saved this too.', mergeUrl } }
  const page = await started.open(context)
  await text(page).click()
  await page.keyboard.type('Mine')
  const bar = page.getByRole('alert').filter({ hasText: 'Maud has saved this too.' })
  expect(await bar.getByRole('link').getAttribute('href')).toBe(mergeUrl)
  expect(started.post.sent).toEqual({})
})

test('a picture is put in from the menu, and its way is shown', async () => {
  const page = await started.open(context)
  const bytes = await page.screenshot({ type: 'jpeg' })
  await page.route('**/admin/media/**', async (route) => {
    await page.getByTestId('progress-bar').waitFor()
    await route.continue()
  })
  await text(page).click()
  const chooser = page.waitForEvent('filechooser')
  await page.keyboard.type('/image')
  await page.getByRole('menuitem', { name: 'Image', exact: true }).waitFor()
  await page.keyboard.press('Enter')
  await (await chooser).setFiles({ name: 'Quay.jpg', mimeType: 'image/jpeg', buffer: bytes })
  const image = page.locator('[data-kg-card="image"] img[src^="/content/images/"]')
  await image.waitFor()
  expect(await image.getAttribute('src')).toMatch(/\/quay-[0-9a-f]{12}\.jpg$/)
  await expect
    .poll(() => held(page))
    .toMatch(/"src":"\/content\/images\/.+"width":1280,"height":720/)
})

test('a file that is none is refused in the editor, in the server’s words', async () => {
  const page = await started.open(context)
  await text(page).click()
  const chooser = page.waitForEvent('filechooser')
  await page.keyboard.type('/image')
  await page.getByRole('menuitem', { name: 'Image', exact: true }).waitFor()
  await page.keyboard.press('Enter')
  const buffer = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
  await (await chooser).setFiles({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer })
  await page.getByText('logo.svg is an SVG drawing, which can hold scripts.').waitFor()
})

test('a product is put in by keyboard, and stays valid Ghost', async () => {
  const place = await createMarketPlace(started.connection.database)
  await createProduct(started.connection.database, { place, title: 'Rye loaf', slug: 'rye' })
  const page = await started.open(context)
  await text(page).click()
  await page.keyboard.type('Before')
  await page.getByRole('button', { name: 'Insert block' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Insert block' })
  await dialog.getByLabel('Search').focus()
  await page.keyboard.type('rye')
  await dialog.getByRole('button', { name: 'Rye loaf' }).press('Enter')
  await dialog.waitFor({ state: 'hidden' })
  await expect.poll(() => held(page)).toContain(`data-block=\\"product:${place.path}rye/\\"`)
  const { root } = JSON.parse(await held(page)) as LexicalDocument
  expect(root.children?.map(({ type }) => type).slice(0, 2)).toEqual(['paragraph', 'html'])
})

test('it follows the site’s theme at once, and every control has a name', async () => {
  started.post.document = documents[3]
  const page = await started.open(context)
  const surface = page.locator('.koenig-lexical').first()
  expect(await surface.getAttribute('class')).not.toMatch(/\bdark\b/)
  await page.evaluate(() => (document.documentElement.dataset['theme'] = 'dark'))
  await expect.poll(() => surface.getAttribute('class')).toMatch(/\bdark\b/)
  await expect
    .poll(() =>
      page.evaluate(
        () =>
          [...document.querySelectorAll('post-editor button')].filter(
            (button) => !button.textContent?.trim() && !button.getAttribute('aria-label'),
          ).length,
      ),
    )
    .toBe(0)
})

test('it has no fault that a program can see', async () => {
  const page = await started.open(context)
  await text(page).click()
  await page.keyboard.type('Some words.\n/')
  await page.getByRole('menuitem', { name: 'Image', exact: true }).waitFor()
  await page.keyboard.press('Escape')
  expect(await findViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Insert block' }).click()
  await page
    .getByRole('dialog')
    .getByText(/found\.$/)
    .waitFor()
  expect(await findViolations(page)).toEqual([])
})

test('without JavaScript there is a field for Markdown, or a sentence', async () => {
  const plain = await started.newContext({ javaScriptEnabled: false })
  const page = await plain.newPage()
  await page.goto('/admin/test-post/')
  await page.getByLabel('Text').fill('# Hello')
  started.post.document = documents[0]
  await page.reload()
  await page.getByText('Without it the text stays as it is').waitFor()
  await plain.close()
})

test('a post is written in the form that is there for it', async () => {
  await using editor = await startEditorInBrowser()
  await using opened = await editor.open('/admin/posts/new')
  const { page } = opened
  await page.locator('post-editor[data-state="ready"]').waitFor()
  await page.getByLabel('Title', { exact: true }).fill('Low water')
  await text(page).click()
  await page.keyboard.type('Mud, and a bicycle.')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.waitForURL(/\/admin\/posts\/[0-9a-f-]{36}\/$/)
  await page.locator('post-editor[data-state="ready"]').waitFor()
  expect(await text(page).innerText()).toContain('Mud, and a bicycle.')
}, 60_000)
