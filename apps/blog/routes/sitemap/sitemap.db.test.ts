import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
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
beforeEach(() => emptyTables(pool, 'posts', 'tags', 'authors'))

async function read(url: string) {
  const { statusCode, body } = await blog.app.inject({ url })
  expect(statusCode).toBe(200)
  expect(XMLValidator.validate(body)).toBe(true)
  return new XMLParser({ isArray: (name) => ['url', 'sitemap'].includes(name) }).parse(body)
}

function addresses(kind: string): Promise<string[]> {
  return addressesAt(`/sitemap-${kind}.xml`)
}

async function addressesAt(path: string): Promise<string[]> {
  const { urlset } = await read(path)
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
  await createPost(database, { slug: 'first', canonicalUrl: 'http://blog.localhost/first/' })
  await createPost(database, { slug: 'copied', canonicalUrl: 'https://elsewhere.example/it/' })
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
    'http://blog.localhost/first/',
    'http://blog.localhost/gated/',
  ])
  expect(await addresses('pages')).toEqual(
    ['/', '/tags/', '/archive/', '/about/'].map((path) => `http://blog.localhost${path}`),
  )
  expect(await addresses('tags')).toEqual(['http://blog.localhost/tag/bread/'])
  expect(await addresses('authors')).toEqual(['http://blog.localhost/author/ada/'])
  const { body } = await blog.app.inject({ url: '/sitemap-posts.xml' })
  expect(body).toContain('<image:loc>http://blog.localhost/content/images/x.png</image:loc>')
})

test('a site with many addresses has several files of them, each address once', async () => {
  await pool.query(`
    insert into posts (type, slug, title, status, lexical, published_at, updated_at)
    select 'post', 'post-' || n, '', 'published', '{}', now(), '2026-01-01T00:00:00Z'
    from generate_series(1, 20001) n`)
  await pool.query(`update posts set updated_at = '2026-03-01T00:00:00Z' where id =
    (select id from posts order by id offset 10000 limit 1)`)
  const { sitemapindex } = await read('/sitemap.xml')
  const files: { loc: string; lastmod: string }[] = sitemapindex.sitemap.filter(
    ({ loc }: { loc: string }) => loc.includes('-posts.xml'),
  )
  expect(files.map(({ lastmod }) => lastmod.slice(0, 7))).toEqual(['2026-01', '2026-03', '2026-01'])
  const found = []
  for (const { loc } of files) {
    const { pathname, search } = new URL(loc)
    found.push(...(await addressesAt(pathname + search)))
  }
  expect(found).toHaveLength(20_001)
  expect(new Set(found).size).toBe(20_001)
})

test('a site without anything has a sitemap of the pages that are always there', async () => {
  const { sitemapindex } = await read('/sitemap.xml')
  expect(sitemapindex.sitemap).toEqual([{ loc: 'http://blog.localhost/sitemap-pages.xml' }])
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
