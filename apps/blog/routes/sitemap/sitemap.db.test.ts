import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createPage } from '@rose-ash/testing/factories/page'
import { createAuthor, createPost, createTag } from '@rose-ash/testing/factories/post'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { createBlogApp } from '../../app.ts'

const connection = await createTestDatabase()
const { database, pool } = connection
const blog = await createTestApp({ app: 'blog', create: createBlogApp, connection })
afterAll(async () => {
  await blog.close()
  await connection.close()
})
beforeEach(() => pool.query('truncate posts, tags, authors cascade'))

async function read(url: string) {
  const { statusCode, body } = await blog.app.inject({ url })
  expect(statusCode).toBe(200)
  expect(XMLValidator.validate(body)).toBe(true)
  return new XMLParser({ isArray: (name) => ['url', 'sitemap'].includes(name) }).parse(body)
}

async function addresses(kind: string): Promise<string[]> {
  const { urlset } = await read(`/sitemap-${kind}.xml`)
  return (urlset.url ?? []).map(({ loc }: { loc: string }) => loc)
}

test('the sitemap names its files, and they what everybody may find', async () => {
  const tag = await createTag(database, { slug: 'bread' })
  const hidden = await createTag(database, { slug: 'hash-pin', visibility: 'internal' })
  await createTag(database, { slug: 'empty' })
  const author = await createAuthor(database, { slug: 'ada' })
  await createPost(database, {
    slug: 'brød',
    tags: [tag, hidden],
    authors: [author],
    featureImage: '/content/images/x.png',
  })
  await createPost(database, { slug: 'gated', visibility: 'paid' })
  for (const status of ['draft', 'scheduled', 'sent', 'trashed'] as const)
    await createPost(database, { slug: `not-${status}`, status })
  await createPage(database, { slug: 'about' })
  const { sitemapindex } = await read('/sitemap.xml')
  expect(sitemapindex.sitemap.map(({ loc }: { loc: string }) => loc)).toEqual(
    ['posts', 'pages', 'tags', 'authors'].map(
      (kind) => `http://blog.localhost/sitemap-${kind}.xml`,
    ),
  )
  expect((await addresses('posts')).toSorted()).toEqual([
    'http://blog.localhost/br%C3%B8d/',
    'http://blog.localhost/gated/',
  ])
  expect(await addresses('pages')).toEqual(['http://blog.localhost/about/'])
  expect(await addresses('tags')).toEqual(['http://blog.localhost/tag/bread/'])
  expect(await addresses('authors')).toEqual(['http://blog.localhost/author/ada/'])
  const { body } = await blog.app.inject({ url: '/sitemap-posts.xml' })
  expect(body).toContain('<image:loc>http://blog.localhost/content/images/x.png</image:loc>')
})

test('a site without anything has an empty sitemap', async () => {
  const { body } = await blog.app.inject({ url: '/sitemap.xml' })
  expect(body).toContain('<sitemapindex')
  expect(await addresses('posts')).toEqual([])
  const nobody = '/sitemap-posts.xml?after=ffffffff-ffff-4fff-bfff-ffffffffffff'
  expect((await blog.app.inject({ url: nobody })).statusCode).toBe(404)
})

test('robots are told where the sitemap is and what is not for them', async () => {
  const { body, headers } = await blog.app.inject({ url: '/robots.txt' })
  expect(headers['content-type']).toContain('text/plain')
  expect(body).toContain('Disallow: /admin/')
  expect(body).toContain('Sitemap: http://blog.localhost/sitemap.xml')
})

test('the archive counts by year and month on the clocks of the site', async () => {
  const at = (text: string) => ({ publishedAt: new Date(text), title: `At ${text}.` })
  // Half past eleven in the evening of June in UTC is July in London.
  await createPost(database, at('2025-06-30T23:30:00Z'))
  await createPost(database, at('2025-06-30T22:30:00Z'))
  await createPost(database, at('2024-01-01T00:00:00Z'))
  await createPost(database, { ...at('2023-01-01T00:00:00Z'), status: 'draft' })
  const get = async (url: string) => (await blog.app.inject({ url })).body
  const archive = await get('/archive/')
  expect(archive).toMatch(/2025<\/a> <span[^>]*>2 stories/)
  expect(archive).toContain('<a href="/archive/2025/07/">July</a> <span class="faint small">1<')
  expect(archive).not.toContain('2023')
  expect(await get('/archive/2025/07/')).toContain('At 2025-06-30T23:30:00Z.')
  expect(await get('/archive/2025/07/')).not.toContain('At 2025-06-30T22:30:00Z.')
  expect(await get('/archive/2024/')).toContain('At 2024-01-01T00:00:00Z.')
  for (const url of ['/archive/2023/', '/archive/2025/13/', '/archive/1/', '/archive/x/'])
    expect((await blog.app.inject({ url })).statusCode).toBe(404)
})

test('other sites are told what to show of a story', async () => {
  await createPost(database, { slug: 'rye', title: 'Rye & <b>', publicText: 'Flour.' })
  const ask = (query: Record<string, string>) =>
    blog.app.inject({ url: `/oembed?${new URLSearchParams(query)}` })
  const url = 'http://blog.localhost/rye/'
  expect((await ask({ url })).json()).toMatchObject({
    type: 'rich',
    version: '1.0',
    title: 'Rye & <b>',
    html: expect.stringContaining('Rye &amp; &lt;b&gt;'),
  })
  const xml = await ask({ url, format: 'xml' })
  expect(XMLValidator.validate(xml.body)).toBe(true)
  expect((await ask({ url, format: 'yaml' })).statusCode).toBe(501)
  expect((await ask({ url: 'http://blog.localhost/none/' })).statusCode).toBe(404)
  expect((await ask({ url: 'https://elsewhere.example/rye/' })).statusCode).toBe(404)
  expect((await ask({})).statusCode).toBe(400)
})
