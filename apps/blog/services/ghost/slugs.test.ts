import { expect, it } from 'vitest'
import { freeSlug, isSlugFor, slugify, wantedSlug } from './slugs.ts'

it.each([
  ['Hello, World!', 'hello-world'],
  ['Straße & Café — “quoted”', 'straße-cafe-quoted'],
  ['Привет, мир', 'привет-мир'],
  ['日本語 の 記事', '日本語-の-記事'],
  ['It’s Maud’s', 'its-mauds'],
  ['  --- ', ''],
  ['हिन्दी', 'हिन्दी'],
])('%s becomes the slug %s', (text, slug) => {
  expect(slugify(text)).toBe(slug)
})

it.each([
  ['my-post', 'Title', 'my-post'],
  ['Has_Capitals-', 'Title', 'Has_Capitals-'],
  ['a/b', 'Title', 'a-b'],
  ['../..', 'Title', 'title'],
  [null, 'A title', 'a-title'],
  ['', '!!', 'untitled'],
])('a post with the slug %s and the title %s wants %s', (slug, title, wanted) => {
  expect(wantedSlug(slug, title)).toBe(wanted)
})

it('a slug that is taken, or is an address of the site itself, gets a number', async () => {
  const taken = new Set(['tea', 'tea-2'])
  const isTaken = async (slug: string) => taken.has(slug)
  expect(await freeSlug('bread', isTaken)).toBe('bread')
  expect(await freeSlug('tea', isTaken)).toBe('tea-3')
  expect(await freeSlug('admin', isTaken)).toBe('admin-2')
})

it('a slug with a number is still the slug of its post', () => {
  expect(isSlugFor('tea-2', 'tea')).toBe(true)
  expect(isSlugFor('tea', 'tea')).toBe(true)
  expect(isSlugFor('tea-for-2', 'tea')).toBe(false)
})
