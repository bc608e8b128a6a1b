import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createPost } from '@rose-ash/testing/factories/post'
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
beforeEach(() => emptyTables(pool, 'posts', 'media'))

const url = 'http://blog.localhost/rye/'

function ask(query: Record<string, string>) {
  return blog.app.inject({ url: `/oembed?${new URLSearchParams(query)}` })
}

test('other sites are told what to show of a story', async () => {
  await createPost(database, { slug: 'rye', title: 'Rye & <b>', publicText: 'Flour & water.' })
  const { headers, ...answer } = await ask({ url })
  expect(answer.json()).toEqual({
    version: '1.0',
    type: 'rich',
    title: 'Rye & <b>',
    provider_name: 'Rose Ash',
    provider_url: 'http://blog.localhost/',
    cache_age: 3600,
    html: '<blockquote class="rose-ash-embed" cite="http://blog.localhost/rye/"><p><a href="http://blog.localhost/rye/">Rye &amp; &lt;b&gt;</a></p><p>Flour &amp; water.</p></blockquote>',
    width: 600,
    height: null,
  })
  expect(headers['cache-control']).toBe('public, max-age=3600')
  expect(headers['access-control-allow-origin']).toBe('*')
  const xml = await ask({ url, format: 'xml' })
  expect(xml.headers['content-type']).toContain('text/xml')
  expect(XMLValidator.validate(xml.body)).toBe(true)
  expect(new XMLParser().parse(xml.body).oembed).toMatchObject({ title: 'Rye & <b>', width: 600 })
})

test('its picture is told of with its size, and not without', async () => {
  await createPost(database, { slug: 'rye', featureImage: '/content/images/rye.jpg' })
  expect((await ask({ url })).json()).not.toHaveProperty('thumbnail_url')
  await pool.query(
    `insert into media (path, content_hash, content_type, size_bytes, width, height)
     values ('/content/images/rye.jpg', '', 'image/jpeg', 1, 640, 480)`,
  )
  expect((await ask({ url })).json()).toMatchObject({
    thumbnail_url: 'http://blog.localhost/content/images/rye.jpg',
    thumbnail_width: 640,
    thumbnail_height: 480,
  })
})

test('it is no wider than they have room for, and goes without a picture that is', async () => {
  await createPost(database, { slug: 'rye', featureImage: '/content/images/rye.jpg' })
  await pool.query(
    `insert into media (path, content_hash, content_type, size_bytes, width, height)
     values ('/content/images/rye.jpg', '', 'image/jpeg', 1, 640, 480)`,
  )
  const small = (await ask({ url, maxwidth: '320', maxheight: 'x' })).json()
  expect(small.width).toBe(320)
  expect(small).not.toHaveProperty('thumbnail_url')
})

test.each([
  ['a draft', { url: 'http://blog.localhost/draft/' }, 404],
  ['what is not there', { url: 'http://blog.localhost/none/' }, 404],
  ['a page of lists', { url: 'http://blog.localhost/tag/bread/' }, 404],
  ['an address that cannot be read', { url: 'http://blog.localhost/%E0%A4%A/' }, 404],
  ['another site', { url: 'https://elsewhere.example/rye/' }, 404],
  ['another protocol', { url: 'javascript:alert(1)' }, 404],
  ['nothing', {}, 400],
  ['an address with a zero in it', { url: 'http://blog.localhost/a%00/' }, 404],
  ['another format', { url, format: 'yaml' }, 501],
])('nothing is told of %s', async (_what, query, status) => {
  await createPost(database, { slug: 'rye' })
  await createPost(database, { slug: 'draft', status: 'draft' })
  const { statusCode, body } = await ask(query)
  expect(statusCode).toBe(status)
  expect(body).not.toContain('blockquote')
})

test('a story in any script is found by its address', async () => {
  await createPost(database, { slug: 'brød', title: 'Brød' })
  for (const address of ['http://blog.localhost/brød/', 'http://blog.localhost/br%C3%B8d'])
    expect((await ask({ url: address })).json()).toMatchObject({ title: 'Brød' })
})
