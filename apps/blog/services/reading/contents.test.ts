import { expect, test } from 'vitest'
import { contentsOf } from './contents.ts'

const heading = (level: number, id: string, inner: string) =>
  `<h${level} class="x" id="${id}">${inner}</h${level}><p>Text.</p>`

test('the contents are the headings of the second and third level that can be led to', () => {
  const html = [
    heading(1, 'top', 'Top'),
    heading(2, 'flour', 'Flour &amp; <em>water</em>'),
    heading(3, 'rye', 'Rye&nbsp;&#x2013; &#39;dark&#39;'),
    '<h2>Without an address</h2>',
    heading(2, 'empty', '<img src="x.png">'),
    heading(4, 'deep', 'Deep'),
    heading(2, 'b&amp;b', '  Bread\n and butter '),
  ].join('')
  expect(contentsOf(html)).toEqual([
    { id: 'flour', text: 'Flour & water', isBelow: false },
    { id: 'rye', text: "Rye – 'dark'", isBelow: true },
    { id: 'b&b', text: 'Bread and butter', isBelow: false },
  ])
})

test('a text with two headings has no contents', () => {
  expect(contentsOf(heading(2, 'one', 'One') + heading(2, 'two', 'Two'))).toEqual([])
  expect(contentsOf('')).toEqual([])
})

test('text that looks like a heading is none', () => {
  const shown = '<pre>&lt;h2 id="x"&gt;x&lt;/h2&gt;</pre>'
  const three = ['a', 'b', 'c'].map((id) => heading(2, id, id)).join(shown)
  expect(contentsOf(three).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
})

test('headings that are left open end nothing and hold nothing up', () => {
  const three = ['a', 'b', 'c'].map((id) => heading(2, id, id)).join('')
  const open = '<h3 id="x">'.repeat(200_000) + '<h2 '.repeat(200_000)
  expect(contentsOf(three + open).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  expect(contentsOf(open)).toEqual([])
})
