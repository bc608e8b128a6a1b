import { expect, it } from 'vitest'
import { mediaAddresses, ownImage, renameMedia, webAddress } from './addresses.ts'
import { cleanParsed, cleanText } from './clean-text.ts'

it.each([
  ['__GHOST_URL__/content/images/a.png', '/content/images/a.png'],
  ['href="__GHOST_URL__/about/"', 'href="/about/"'],
  ['href="__GHOST_URL__"', 'href="/"'],
  ['{"url":"__GHOST_URL__\\/about\\/"}', '{"url":"/about\\/"}'],
  ['a\0b\uD800c', 'ab\uFFFDc'],
])('%j is stored as %j', (text, clean) => {
  expect(cleanText(text)).toBe(clean)
})

it('what PostgreSQL refuses is also taken out of JSON in JSON', () => {
  const value = JSON.parse('{"a":["x\\u0000y","\\ud800"],"b":"fine"}')
  expect(cleanParsed(value)).toEqual({ a: ['xy', '\uFFFD'], b: 'fine' })
})

it('the files that a text names are found once each, without derivatives', () => {
  const html = `<img src="/content/images/2026/a.png" srcset="/content/images/size/w600/2026/a.png 600w,
    /content/images/2026/a.png 1200w"><a href="/content/files/caf%C3%A9.pdf?x=1">x</a><img src="/content/images/a&amp;b.png">`
  expect(mediaAddresses(html)).toEqual([
    '/content/images/2026/a.png',
    '/content/files/café.pdf',
    '/content/images/a&b.png',
  ])
})

it('a file that got another name is named so', () => {
  const renamed = new Map([['/content/images/café.png', '/content/images/café-1a2b3c4d.png']])
  expect(renameMedia('{"src":"/content/images/caf%C3%A9.png"}', renamed)).toBe(
    '{"src":"/content/images/caf%C3%A9-1a2b3c4d.png"}',
  )
  expect(renameMedia('/content/images/other.png', renamed)).toBe('/content/images/other.png')
})

it('only pictures of our own are shown, and only web addresses are linked', () => {
  expect(ownImage('/content/images/a.png')).toBe('/content/images/a.png')
  expect(ownImage('//elsewhere.example.org/a.png')).toBeNull()
  expect(ownImage('https://elsewhere.example.org/a.png')).toBeNull()
  expect(webAddress('javascript:alert(1)')).toBeNull()
  expect(webAddress('https://example.org')).toBe('https://example.org/')
  expect(webAddress('/about/')).toBe('/about/')
})
