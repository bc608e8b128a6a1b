import { expect, test } from 'vitest'
import { metaOf, writeStructured } from './page-head.ts'

const page = {
  title: 'Rye',
  description: 'Dark.',
  canonicalUrl: 'https://blog.example/rye/',
  image: null,
  siteName: 'Rose Ash',
  language: 'en-GB',
}

test('what a page says of itself replaces what is said of every page', () => {
  const given = { key: 'property', name: 'og:title', content: 'All of rye' } as const
  const titles = metaOf(page, { meta: [given] }).filter(({ name }) => name === 'og:title')
  expect(titles).toEqual([given])
  expect(metaOf(page, {})).toContainEqual({
    key: 'name',
    name: 'twitter:card',
    content: 'summary',
  })
})

test('nothing in structured data can end the element that it stands in', () => {
  const written = writeStructured({ name: '</script><!-- \u2028 <b>' })
  expect(written).not.toMatch(/[<\u2028]/)
  expect(JSON.parse(written)).toEqual({ name: '</script><!-- \u2028 <b>' })
})
