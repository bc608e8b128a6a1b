import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createPage } from '@rose-ash/testing/factories/page'
import { createAuthor, createPost, createTag } from '@rose-ash/testing/factories/post'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createBlogApp } from '../../app.ts'
import { refreshWords } from '../../services/search/refresh-words.ts'

const connection = await createTestDatabase()
const { database, pool } = connection
const blog = await createTestApp({ app: 'blog', create: createBlogApp, connection })
afterAll(async () => {
  await blog.close()
  await connection.close()
})
beforeEach(() => emptyTables(pool, 'posts', 'tags', 'authors', 'search_words'))

async function search(query: Record<string, string>) {
  const url = `/search/?${new URLSearchParams(query)}`
  const { statusCode, body } = await blog.app.inject({ url, headers: { accept: 'text/html' } })
  expect(statusCode).toBe(200)
  const titles = [...body.matchAll(/<h3><a href="[^"]*">([^<]*)<\/a>/g)].map(([, title]) => title)
  return { body, titles }
}

describe('a search', () => {
  test('finds words in titles, summaries and texts, in this order, and marks them', async () => {
    await createPost(database, { title: 'Baking day', publicText: 'All about sourdough & rye.' })
    await createPost(database, { title: 'A starter', customExcerpt: 'Sourdough, slowly.' })
    await createPost(database, { title: 'Sourdough' })
    await createPost(database, { title: 'Rye' })
    const { titles, body } = await search({ q: 'sourdough' })
    expect(titles).toEqual(['Sourdough', 'A starter', 'Baking day'])
    expect(body).toContain('All about <mark>sourdough</mark> &amp; rye.')
    expect(body).toContain('3 results for “sourdough”')
    expect(body).toContain('name="robots" content="noindex')
  })

  test.each([
    ['loaves', 'loaf', false],
    ['baked', 'baking', true],
    ['brødet', 'Brødet', true],
    ['sourd', 'sourdough', true],
    ['"rye bread"', 'rye bread', true],
    ['"bread rye"', 'rye bread', false],
    ['rye -bread', 'rye bread', false],
    ['rye or wheat', 'wheat', true],
    ["o'clock; drop table", 'x', false],
  ])('for %s among “%s”: %s', async (q, publicText, isFound) => {
    await createPost(database, { title: 'Found', publicText })
    expect((await search({ q, exact: '1' })).titles).toEqual(isFound ? ['Found'] : [])
  })

  test('is narrowed down by kind, tag, author and time', async () => {
    const tag = await createTag(database, { slug: 'grain', name: 'Grain' })
    const author = await createAuthor(database, { slug: 'ada', name: 'Ada' })
    const at = (year: number) => new Date(Date.UTC(year, 5, 1))
    await createPost(database, { title: 'rye old', publishedAt: at(2020) })
    await createPost(database, { title: 'rye tagged', tags: [tag], publishedAt: at(2024) })
    await createPost(database, { title: 'rye written', authors: [author], publishedAt: at(2025) })
    await createPage(database, { title: 'rye page' })
    const only = async (filter: Record<string, string>) =>
      (await search({ q: 'rye', ...filter })).titles
    expect(await only({ type: 'page' })).toEqual(['rye page'])
    expect(await only({ tag: 'grain' })).toEqual(['rye tagged'])
    expect(await only({ author: 'ada' })).toEqual(['rye written'])
    expect(await only({ to: '2020-06-01' })).toEqual(['rye old'])
    expect(await only({ from: '2025-01-01', type: 'post' })).toEqual(['rye written'])
    expect(await only({ from: 'nonsense', type: 'nonsense', page: '-1' })).toHaveLength(4)
    expect((await search({ q: 'wheat', tag: 'grain' })).body).toContain('Search everywhere')
  })

  test('takes a mistyped word for the nearest one that is there, and says so', async () => {
    await createPost(database, { title: 'Bread', publicText: 'Our sourdough is old.' })
    await refreshWords(database)
    const { titles, body } = await search({ q: 'sourdogh' })
    expect(titles).toEqual(['Bread'])
    expect(body).toContain('1 result for “sourdough”')
    expect(body).toContain('Nothing here says “sourdogh”')
    expect((await search({ q: 'sourdogh', exact: '1' })).titles).toEqual([])
    expect((await search({ q: 'zzzzqqq' })).body).toContain('Nothing found for “zzzzqqq”')
  })

  test('gives nothing away of what is not for everybody, or not out', async () => {
    const secret = { publicText: '', plaintext: 'pumpernickel', html: '<p>pumpernickel</p>' }
    await createPost(database, { title: 'Gated', visibility: 'members', ...secret })
    for (const status of ['draft', 'scheduled', 'sent', 'trashed'] as const)
      await createPost(database, { title: 'pumpernickel', status })
    await refreshWords(database)
    expect((await search({ q: 'pumpernickel' })).titles).toEqual([])
    expect((await search({ q: 'pumpernickl' })).body).not.toContain('pumpernickel')
    expect((await search({ q: 'gated' })).titles).toEqual(['Gated'])
  })

  test('goes on over pages', async () => {
    for (let number = 0; number < 21; number += 1) await createPost(database, { title: 'rye' })
    const first = await search({ q: 'rye' })
    expect(first.titles).toHaveLength(20)
    const next = /rel="next" href="([^"]+)"/.exec(first.body)?.[1]?.replaceAll('&amp;', '&')
    expect(next).toContain('page')
    expect((await search({ q: 'rye', page: '2' })).titles).toHaveLength(1)
    const beyond = await blog.app.inject({ url: '/search/?q=rye&page=9&type=post' })
    expect([beyond.statusCode, beyond.headers['location']]).toEqual([
      302,
      '/search/?type=post&q=rye',
    ])
    await refreshWords(database)
    const mistyped = await search({ q: 'ryee' })
    expect(mistyped.titles).toHaveLength(20)
    expect(mistyped.body).toContain('q&#x3D;rye&amp;page&#x3D;2')
  })

  test('counts days on the clocks of the site', async () => {
    // Half past midnight of 1 July in London.
    await createPost(database, { title: 'rye', publishedAt: new Date('2025-06-30T23:30:00Z') })
    expect((await search({ q: 'rye', to: '2025-06-30' })).titles).toEqual([])
    expect((await search({ q: 'rye', from: '2025-07-01', to: '2025-07-01' })).titles).toEqual([
      'rye',
    ])
  })

  test('is not in the way of, nor hidden by, a page of its name', async () => {
    await createPage(database, { slug: 'search', title: 'A page about search' })
    expect((await search({ q: 'about' })).titles).toEqual(['A page about search'])
  })

  test('asks before it answers, and for nothing', async () => {
    const { body } = await search({ q: '  ' })
    expect(body).toContain('What are you looking for?')
    expect(body).not.toContain('Nothing found')
  })

  test.each([
    ['q', '\0'],
    ['q', '\0rye\0'],
    ['q', `rye ${'on '.repeat(500)}`],
    ['q', String.raw`\ ' " & | ! ( ) : * <->`],
    ['tag', '\0'],
    ['author', 'x'.repeat(500)],
    ['from', '2025-02-30'],
    ['to', '99999-01-01'],
    ['page', '1e9'],
  ])('puts up with anything in its address: %s', async (name, value) => {
    await createPost(database, { title: 'rye' })
    const { statusCode } = await blog.app.inject({
      url: `/search/?${new URLSearchParams({ q: 'rye', [name]: value })}`,
    })
    expect(statusCode).toBe(200)
  })
})
