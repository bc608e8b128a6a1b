/// <reference lib="dom" />
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type EditorInBrowser,
  type OpenedPage,
  startEditorInBrowser,
} from './support/editor-in-browser.ts'
import { firstLook, lookOver } from './support/look-over.ts'

let editor: EditorInBrowser

beforeAll(async () => {
  editor = await startEditorInBrowser()
}, 60_000)
afterAll(() => editor?.[Symbol.asyncDispose]())

/** The page, and everything it did and should not have done. */
function open({
  address = '/admin/datalog/',
  ...options
}: BrowserContextOptions & { address?: string } = {}): Promise<OpenedPage> {
  return editor.open(address, options)
}

const program = `edge(a, b).
edge(b, c).
path(X, Y) :- edge(X, Y).
path(X, Z) :- path(X, Y), edge(Y, Z).
`
/** Asks for a long time and finds nothing. */
const slow = `${Array.from({ length: 300 }, (_, n) => `n(${n}).`).join('\n')}
m(X) :- n(X), n(A), n(B), n(C), X + A + B + C < 0.
`

async function write(page: Page, text: string): Promise<void> {
  await page.getByLabel('Program').fill(text)
}

function rowsOf(page: Page, relation: string) {
  return page.getByRole('region', { name: `Rows of ${relation}`, exact: true }).locator('tbody tr')
}

/** A busy machine takes its time. */
function soon<Value>(read: () => Promise<Value>) {
  return expect.poll(read, { timeout: 20_000 })
}

describe('the playground', { timeout: 60_000 }, () => {
  test('shows what follows from a program as it is typed', async () => {
    await using opened = await open()
    const { page, faults } = opened
    await write(page, program)
    await soon(() => rowsOf(page, 'path').count()).toBe(3)
    await page.getByLabel('Question').fill('path(a, X)')
    await page.getByLabel('Question').press('Enter')
    await soon(() => page.locator('#answers').innerText()).toMatch(/2 answers, [\d.]+ ms/)
    expect(faults).toEqual([])
  })

  test('a fact asserted by hand shows its net change, and is taken back by Undo', async () => {
    await using opened = await open()
    const { page, faults } = opened
    await write(page, program)
    await soon(() => rowsOf(page, 'path').count()).toBe(3)
    await page.getByLabel('A fact').fill('edge(c, d)')
    await page.getByRole('button', { name: 'Assert' }).click()
    await soon(() => page.locator('#delta .delta-added').count()).toBe(4)
    expect(await page.locator('#delta').innerText()).toMatch(/\+\s*path\(a, d\)\s*added/)
    expect(await rowsOf(page, 'path').count()).toBe(6)
    await page.getByRole('button', { name: 'Undo' }).click()
    await soon(() => page.locator('#delta .delta-removed').count()).toBe(4)
    expect(await rowsOf(page, 'path').count()).toBe(3)
    await page.getByLabel('A fact').fill('edge(a, b)')
    await page.getByRole('button', { name: 'Retract' }).click()
    await soon(() => rowsOf(page, 'path').count()).toBe(1)
    // What was done by hand stays when the program is written on.
    await write(page, `${program}edge(c, e).\n`)
    await soon(() => rowsOf(page, 'path').count()).toBe(3)
    expect(faults).toEqual([])
  })

  test('a row leads to its proof, with the mouse and with the keyboard', async () => {
    await using opened = await open()
    const { page, faults } = opened
    await write(page, program)
    await rowsOf(page, 'path').nth(1).click()
    const why = page.locator('#reasons')
    await soon(() => why.locator('.proof-leaf').count()).toBe(2)
    expect(await why.innerText()).toMatch(/Why path\(a, c\)[^]*path\(X, Y\), edge\(Y, Z\)/)
    await why.locator('summary').first().click()
    expect(await why.locator('.proof-leaf').first().isVisible()).toBe(false)
    await page.getByRole('button', { name: 'Close' }).click()
    expect(await why.count()).toBe(0)

    await page.getByRole('button', { name: 'Why path(a, b)' }).press('Enter')
    await soon(() => why.innerText()).toContain('edge(a, b)')
    await page.getByLabel('A fact').fill('path(c, a)')
    await page.getByRole('button', { name: 'Why, or why not?' }).click()
    await soon(() => why.innerText()).toMatch(/Why not path\(c, a\)[^]*fails at/)
    expect(faults).toEqual([])
  })

  test('what is wrong is listed, marked at its line, and leads there', async () => {
    await using opened = await open()
    const { page, faults } = opened
    await write(page, 'p(a).\nq(X) :- p(Y).\n')
    const problem = page.locator('#problems button')
    await soon(() => problem.innerText()).toContain('2:3 unsafe')
    expect(await page.locator('.code-line-bad').innerText()).toBe('2')
    await problem.click()
    const selected = await page
      .getByLabel('Program')
      .evaluate((area: HTMLTextAreaElement) => [area.selectionStart, area.selectionEnd])
    expect(selected).toEqual([8, 9])
    expect(faults).toEqual([])
  })

  test('a program that takes too long is stopped by hand, and the next one runs', async () => {
    await using opened = await open()
    const { page, faults } = opened
    await soon(() => rowsOf(page, 'ancestor').count()).toBeGreaterThan(5)
    await write(page, slow)
    await soon(() => page.locator('#status').innerText()).toBe('Running …')
    // Meanwhile the page itself answers.
    await page.getByLabel('Example').press('Tab')
    await page.getByRole('button', { name: 'Stop' }).click()
    await soon(() => page.locator('#status').innerText()).toBe('Stopped.')
    await write(page, program)
    await soon(() => rowsOf(page, 'path').count()).toBe(3)
    expect(faults).toEqual([])
  })

  test('the program is kept, and goes into a link that tells the server nothing', async () => {
    await using opened = await open()
    const { page, faults } = opened
    await write(page, program)
    await soon(() => rowsOf(page, 'path').count()).toBe(3)
    await page.reload()
    await soon(() => page.getByLabel('Program').inputValue()).toBe(program)
    await page.getByRole('button', { name: 'Copy a link' }).click()
    await soon(async () => page.url()).toContain('#program=')
    await using friend = await open({ address: page.url().slice(editor.origin.length) })
    await soon(() => friend.page.getByLabel('Program').inputValue()).toBe(program)
    await soon(() => rowsOf(friend.page, 'path').count()).toBe(3)
    await page.getByLabel('Example').selectOption('permissions')
    await soon(() => rowsOf(page, 'may').count()).toBeGreaterThan(5)
    expect([...faults, ...friend.faults]).toEqual([])
  })

  test('is accessible and keeps its width', async () => {
    await using opened = await open(firstLook)
    const { page, faults } = opened
    await write(page, `${program}?- path(a, X).\n`)
    await soon(() => rowsOf(page, 'path').count()).toBe(3)
    await page.getByLabel('A fact').fill('edge(c, d)')
    await page.getByRole('button', { name: 'Assert' }).click()
    await soon(() => page.locator('#delta .delta-added').count()).toBe(4)
    await page.getByRole('button', { name: 'Why path(a, d)' }).click()
    await soon(() => page.locator('#reasons .proof-leaf').count()).toBe(3)
    const found = [...(await lookOver(page))]
    await write(page, 'p(X) :- q(Y).')
    await soon(() => page.locator('.problem').count()).toBe(1)
    found.push(...(await lookOver(page)))
    expect([...found, ...faults]).toEqual([])
  })

  test('without scripts, a form does it', async () => {
    await using opened = await open({ javaScriptEnabled: false })
    const { page } = opened
    await write(page, `${program}?- path(a, X).\n`)
    await page.getByRole('button', { name: 'Run' }).click()
    expect(await rowsOf(page, 'path').count()).toBe(3)
    expect(await page.getByRole('button', { name: 'Assert' }).isVisible()).toBe(false)
  })
})
