import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import {
  createAuthor,
  createPost,
  createRedirect,
  createTag,
} from '@rose-ash/testing/factories/post'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createBlogApp } from '../../app.ts'

const connection = await createTestDatabase()
const { database, pool } = connection
const blog = await createTestApp({ app: 'blog', create: createBlogApp, connection })
afterAll(async () => {
  await blog.close()
  await connection.close()
})
beforeEach(async () => {
  await pool.query("delete from posts where type in ('post', 'page')")
  await emptyTables(pool, 'tags', 'authors', 'redirects')
})

const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@' })

async function get(url: string, headers: Record<string, string> = {}) {
  return blog.app.inject({ url, headers })
}

async function readXml(url: string) {
  const { statusCode, body } = await get(url)
  expect(statusCode).toBe(200)
  expect(XMLValidator.validate(body)).toBe(true)
  return parser.parse(body)
}

const paths = ['/rss/', '/atom/', '/feed.json']

describe('a feed', () => {
  test('of RSS tells of a post all that a reader can show', async () => {
    const tag = await createTag(database, { name: 'Bread & butter', slug: 'bread' })
    const hidden = await createTag(database, { name: '#pin', visibility: 'internal' })
    const author = await createAuthor(database, { name: 'Ada', slug: 'ada' })
    await pool.query(
      `insert into media (path, content_hash, content_type, size_bytes, width, height)
       values ('/content/images/rye.jpg', '', 'image/jpeg', 1234, 640, 480)`,
    )
    await createPost(database, {
      slug: 'rye',
      title: 'Rye & <wheat>',
      html: '<p><a href="/other/">see</a><img src="/content/images/x.png" alt=""></p>',
      publicText: 'see',
      featureImage: '/content/images/rye.jpg',
      language: 'da',
      source: 'ghost:sea',
      sourceId: '0123456789abcdef01234567',
      tags: [tag, hidden],
      authors: [author],
    })
    const { rss } = await readXml('/rss/')
    expect(rss.channel).toMatchObject({
      title: 'Rose Ash',
      link: 'http://blog.localhost/',
      'atom:link': { '@href': 'http://blog.localhost/rss/', '@rel': 'self' },
    })
    expect(rss.channel.item).toMatchObject({
      title: 'Rye & <wheat>',
      link: 'http://blog.localhost/rye/',
      guid: { '#text': '0123456789abcdef01234567', '@isPermaLink': 'false' },
      category: 'Bread & butter',
      'dc:creator': 'Ada',
      'dc:language': 'da',
      pubDate: 'Thu, 01 Jan 2026 12:00:00 GMT',
      'media:content': {
        '@url': 'http://blog.localhost/content/images/rye.jpg',
        '@type': 'image/jpeg',
        '@fileSize': '1234',
        '@width': '640',
      },
    })
    const html = String(rss.channel.item['content:encoded'])
    expect(html).toContain('<a href="http://blog.localhost/other/">')
    expect(html).toContain('src="http://blog.localhost/content/images/x.png"')
  })

  test('shows a picture of which nothing is known but its address', async () => {
    await createPost(database, { featureImage: 'https://elsewhere.example/rye.jpg' })
    const { rss } = await readXml('/rss/')
    expect(rss.channel.item['media:content']).toEqual({
      '@url': 'https://elsewhere.example/rye.jpg',
      '@medium': 'image',
    })
    const { items } = (await get('/feed.json')).json()
    expect(items[0].image).toBe('https://elsewhere.example/rye.jpg')
    await readXml('/atom/')
  })

  test.each(paths)('moves with its page: %s', async (path) => {
    await createTag(database, { slug: 'brød', name: 'Bread' })
    await createRedirect(database, { fromPath: '/tag/old/', toPath: '/tag/brød/' })
    const { statusCode, headers } = await get(`/tag/old${path}`)
    expect([statusCode, headers['location']]).toEqual([301, `/tag/br%C3%B8d${path}`])
    expect((await get(String(headers['location']))).statusCode).toBe(200)
  })

  test('is found where Ghost leads to it', async () => {
    for (const page of ['/', '/tag/bread/', '/author/ada/']) {
      const { statusCode, headers } = await get(`${page}feed/`)
      expect([statusCode, headers['location']]).toEqual([301, `${page}rss/`])
    }
  })

  test('of Atom and of JSON tell the same', async () => {
    const { id } = await createPost(database, { slug: 'rye', title: 'Rye', publicText: 'Flour.' })
    const { feed } = await readXml('/atom/')
    expect(feed).toMatchObject({ id: 'http://blog.localhost/', title: 'Rose Ash' })
    expect(feed.entry).toMatchObject({
      id: `urn:uuid:${id}`,
      title: 'Rye',
      published: '2026-01-01T12:00:00.000Z',
      author: { name: 'Rose Ash' },
      summary: 'Flour.',
    })
    const answer = await get('/feed.json')
    expect(answer.headers['content-type']).toContain('application/feed+json')
    expect(answer.json()).toMatchObject({
      version: 'https://jsonfeed.org/version/1.1',
      feed_url: 'http://blog.localhost/feed.json',
      items: [{ id, url: 'http://blog.localhost/rye/', title: 'Rye', summary: 'Flour.' }],
    })
  })

  test('shows what the types of a post ask for', async () => {
    const editor = await blog.signInAs('editor')
    const form = new URLSearchParams({
      title: 'On soil',
      type: 'article',
      status: 'published',
      whole: '1',
      markdown: '## Soil',
      'field-subtitle': 'What lies <below>',
    })
    const saved = await blog.app.inject({
      method: 'POST',
      url: '/admin/posts/new',
      cookies: editor,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: form.toString(),
    })
    expect(saved.statusCode).toBe(303)
    const [item] = (await get('/feed.json')).json().items
    expect(item).toMatchObject({ _rose_ash: { fields: { subtitle: 'What lies <below>' } } })
    expect(item.content_html).toContain('<dt>Subtitle</dt><dd>What lies &lt;below&gt;</dd>')
  })

  test.each(paths)('has the newest twenty that are out: %s', async (path) => {
    for (let day = 1; day <= 22; day += 1)
      await createPost(database, { title: `Day ${day}.`, publishedAt: new Date(2026, 2, day) })
    for (const status of ['draft', 'scheduled', 'sent', 'trashed'] as const)
      await createPost(database, { title: `Never ${status}`, status })
    const { body } = await get(path)
    expect(body).toContain('Day 22.')
    expect(body).toContain('Day 3.')
    expect(body).not.toContain('Day 2.')
    expect(body).not.toContain('Never')
  })

  test.each(paths)('of a tag and of an author has theirs only: %s', async (path) => {
    const tag = await createTag(database, { slug: 'bread', name: 'Bread' })
    const author = await createAuthor(database, { slug: 'ada', name: 'Ada' })
    await createPost(database, { title: 'Tagged', tags: [tag] })
    await createPost(database, { title: 'Written', authors: [author] })
    const ofTag = (await get(`/tag/bread${path}`)).body
    expect([ofTag.includes('Tagged'), ofTag.includes('Written')]).toEqual([true, false])
    const ofAuthor = (await get(`/author/ada${path}`)).body
    expect([ofAuthor.includes('Tagged'), ofAuthor.includes('Written')]).toEqual([false, true])
    await createTag(database, { slug: 'hash-pin', name: '#pin', visibility: 'internal' })
    expect((await get(`/tag/hash-pin${path}`)).statusCode).toBe(404)
    expect((await get(`/author/nobody${path}`)).statusCode).toBe(404)
  })

  test('is well formed whatever people write, and when there is nothing', async () => {
    for (const path of ['/rss/', '/atom/']) await readXml(path)
    const evil = 'a\u0000b\u0008 ]]> <script> & \ud800 "\u2028'
    await createPost(database, { title: evil.replace('\u0000', ''), customExcerpt: ']]>&<' })
    for (const path of ['/rss/', '/atom/']) await readXml(path)
    expect((await get('/feed.json')).json().items).toHaveLength(1)
  })

  test.each(paths)('need not be sent again to who has it: %s', async (path) => {
    await createPost(database)
    const { headers } = await get(path)
    expect(headers['cache-control']).toContain('public')
    const known = await get(path, { 'if-none-match': String(headers['etag']) })
    expect([known.statusCode, known.body]).toEqual([304, ''])
    const since = await get(path, { 'if-modified-since': String(headers['last-modified']) })
    expect(since.statusCode).toBe(304)
    const older = await get(path, { 'if-modified-since': 'Thu, 01 Jan 2015 00:00:00 GMT' })
    expect(older.statusCode).toBe(200)
    // What was newest has been taken away since.
    const newer = await get(path, { 'if-modified-since': 'Sun, 01 Jan 2051 00:00:00 GMT' })
    expect(newer.statusCode).toBe(200)
  })
})
