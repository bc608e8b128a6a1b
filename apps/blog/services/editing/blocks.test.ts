import { describe, expect, test } from 'vitest'
import { loadGhostPackages } from '../documents/ghost-packages.ts'
import { createDocumentRenderer } from '../documents/render.ts'
import { type Block, blockHtml, fillBlocks, findBlocks, isForOneReader } from './blocks.ts'

const loaf: Block = {
  kind: 'product',
  path: '/shop/bakery/rye/',
  title: 'Rye & “seed”',
  url: 'https://market.example/shop/bakery/rye/',
}
const film: Block = {
  kind: 'event',
  path: '/whats-on/calendars/cinema/2026/11/27/entries/9/',
  title: 'Film',
  url: 'https://events.example/x',
}
const cart: Block = { kind: 'cart', path: '/', title: 'Basket', url: 'https://cart.example/' }

function documentWith(...blocks: readonly Block[]) {
  const cards = blocks.map((block) => ({ type: 'html', version: 1, html: blockHtml(block) }))
  return { root: { type: 'root', version: 1, children: cards } }
}

const renderer = createDocumentRenderer(await loadGhostPackages())
const { html } = await renderer.render(documentWith(loaf, film, cart))
const names = Object.keys(findBlocks(html))

describe('a block in a text', () => {
  test('is an HTML card, which Ghost leaves as it is', async () => {
    const asGhost = await renderer.renderAsGhost(documentWith(loaf))
    expect(asGhost).toBe(
      `\n<!--kg-card-begin: html-->\n${blockHtml(loaf)}\n<!--kg-card-end: html-->\n`,
    )
  })

  test('is a link for search, feeds and mails', async () => {
    const { plaintext } = await renderer.render(documentWith(loaf))
    expect(plaintext).toBe('Rye & “seed”')
    expect(html).toContain('<a href="https://market.example/shop/bakery/rye/">')
  })
})

test('the fragments of a text are named by what they show', () => {
  expect(findBlocks(html)).toEqual({
    'block:product:/shop/bakery/rye/': {
      provider: 'market',
      type: 'link-card',
      parameters: { path: '/shop/bakery/rye/' },
    },
    [`block:event:${film.path}`]: {
      provider: 'events',
      type: 'link-card',
      parameters: { path: film.path },
    },
    'block:cart:/': { provider: 'cart', type: 'cart-mini', parameters: {} },
  })
  expect(findBlocks('<p>Nothing</p>')).toEqual({})
})

test('a fragment stands where its block was; one that has not come stays a link', () => {
  const filled = fillBlocks(html, { [names[0] ?? '']: '<article>A loaf for $& 4</article>' })
  expect(filled).toContain(
    '<div class="post-block post-block-product"><article>A loaf for $& 4</article></div>',
  )
  expect(filled).toContain('<p><a href="https://events.example/x">Film</a></p>')
  expect(filled).not.toContain('data-block')
})

test('a text with a basket is for one reader', async () => {
  expect(isForOneReader(html)).toBe(true)
  const { html: others } = await renderer.render(documentWith(loaf, film))
  expect(isForOneReader(others)).toBe(false)
})

test.each([
  '<div data-block="poem:/x"><p>x</p></div>',
  '<div data-block="product:"><p>x</p></div>',
  '<p data-block="product:/x/">x</p>',
  '<div data-block="product:/x/"><div>x</div></div>',
])('what only looks like a block stays: %s', (text) => {
  expect(findBlocks(text)).toEqual({})
  expect(fillBlocks(text, {})).toBe(text)
})

test('no more than thirty are asked for', () => {
  const many = Array.from({ length: 40 }, (_, index) => blockHtml({ ...loaf, path: `/${index}/` }))
  expect(Object.keys(findBlocks(many.join('')))).toHaveLength(30)
})
