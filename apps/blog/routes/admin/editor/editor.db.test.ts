import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createCalendar, createEntry } from '@rose-ash/testing/factories/calendar'
import { createAuthor, createPost, createTag } from '@rose-ash/testing/factories/post'
import { createMarketPlace, createProduct } from '@rose-ash/testing/factories/shop'
import { afterAll, describe, expect, test } from 'vitest'
import { snippets } from '../../../models/index.ts'
import { createGraphAccess } from '../../../services/graph/open-graph.ts'
import { createQuery } from '../../../services/queries/saved-query.ts'
import { createEditorApp } from './test-editor-app.ts'

const connection = await createTestDatabase()
const { database } = connection
const blog = await createTestApp({ app: 'blog', create: createEditorApp, connection })
const editor = await blog.signInAs('editor')
afterAll(async () => {
  await blog.close()
  await connection.close()
})

async function get(url: string, cookies = editor) {
  const answer = await blog.app.inject({ url, cookies, headers: { accept: 'application/json' } })
  return { status: answer.statusCode, body: answer.json() }
}

function post(url: string, payload: object, cookies = editor) {
  return blog.app.inject({ method: 'POST', url, payload, cookies })
}

describe('the search for links', () => {
  test('finds posts, pages, tags and authors by the beginnings of words in their titles', async () => {
    await createPost(database, { title: 'Harbour lights', slug: 'harbour-lights' })
    await createPost(database, { title: 'The old harbour', slug: 'old-harbour', type: 'page' })
    await createPost(database, { title: 'Harbour secret', status: 'draft' })
    await createPost(database, { title: 'Gone harbour', status: 'trashed' })
    await createPost(database, { title: 'Elsewhere', publicText: 'harbour' })
    await createTag(database, { name: 'Harbours', slug: 'harbours' })
    await createTag(database, {
      name: '#harbour-inner',
      slug: 'hash-harbour',
      visibility: 'internal',
    })
    await createAuthor(database, { name: 'Harriet Harbour', slug: 'harriet' })
    const { body } = await get('/admin/links/?q=harb')
    expect(body.groups).toEqual([
      {
        label: 'Posts',
        items: [{ title: 'Harbour lights', url: '/harbour-lights/', metaText: '2026-01-01' }],
      },
      {
        label: 'Pages',
        items: [{ title: 'The old harbour', url: '/old-harbour/', metaText: '2026-01-01' }],
      },
      { label: 'Tags', items: [{ title: 'Harbours', url: '/tag/harbours/', metaText: '' }] },
      {
        label: 'Authors',
        items: [{ title: 'Harriet Harbour', url: '/author/harriet/', metaText: '' }],
      },
    ])
  })

  test('begins with the latest posts', async () => {
    await createPost(database, { title: 'News', publishedAt: new Date('2026-06-01') })
    const { body } = await get('/admin/links/')
    expect(body.groups).toMatchObject([
      { label: 'Latest posts', items: [{ title: 'News' }, {}, {}] },
    ])
  })

  test.each(["'", "'); drop table posts; --", '!!! & | <->', ':*', '\\', '%'])(
    'takes %s as what it is',
    async (words) => {
      const { status } = await get(`/admin/links/?q=${encodeURIComponent(words)}`)
      expect(status).toBe(200)
    },
  )

  test('is for people who write', async () => {
    expect((await get('/admin/links/?q=x', await blog.signInAs('market'))).status).toBe(403)
  })
})

describe('snippets', () => {
  const value = JSON.stringify({ namespace: 'KoenigEditor', nodes: [{ type: 'hr', version: 1 }] })

  test('are kept, replaced under the same name, and given to the editor', async () => {
    expect((await post('/admin/snippets/', { name: 'Line', value })).statusCode).toBe(201)
    const other = value.replace('hr', 'horizontalrule')
    expect((await post('/admin/snippets/', { name: 'Line', value: other })).statusCode).toBe(201)
    const { body } = await get('/admin/snippets/')
    expect(body.snippets).toHaveLength(1)
    expect(body.snippets[0].name).toBe('Line')
    expect(JSON.parse(body.snippets[0].value)).toEqual(JSON.parse(other))
  })

  test('that are none are refused, in words', async () => {
    for (const [payload, sentence] of [
      [{ name: ' ', value }, 'A snippet needs a name.'],
      [{ name: 'x'.repeat(192), value }, 'too long'],
      [{ name: 'Line' }, 'A snippet needs a text.'],
      [{ name: 'Line', value: 'words' }, 'no text of the editor'],
      [{ name: 'Line', value: '{"nodes":[]}' }, 'no text of the editor'],
    ] as const) {
      const answer = await post('/admin/snippets/', payload)
      expect([answer.statusCode, answer.json().detail]).toEqual([
        400,
        expect.stringContaining(sentence),
      ])
    }
  })

  test('are listed on a page, renamed and deleted there', async () => {
    const [one] = await database
      .insert(snippets)
      .values({ name: 'Opening <hours>', lexical: { nodes: [] } })
      .returning()
    await database.insert(snippets).values({ name: 'Taken', lexical: { nodes: [] } })
    const page = await blog.app.inject({
      url: '/admin/snippets/',
      cookies: editor,
      headers: { accept: 'text/html' },
    })
    expect(page.body).toContain('value="Opening &lt;hours&gt;"')
    const address = `/admin/snippets/${one?.id}`
    expect((await post(address, { name: 'Hours' })).statusCode).toBe(303)
    expect((await post(address, { name: 'Taken' })).statusCode).toBe(303)
    const names = async () => (await database.select().from(snippets)).map(({ name }) => name)
    expect(await names()).toContain('Hours')
    expect((await post(`${address}/delete`, {})).statusCode).toBe(303)
    expect(await names()).not.toContain('Hours')
    expect((await post(`${address}/delete`, {})).statusCode).toBe(404)
  })

  test('go by their name when the editor says so', async () => {
    await post('/admin/snippets/', { name: 'Line & more', value })
    const url = `/admin/snippets/?name=${encodeURIComponent('Line & more')}`
    const remove = () => blog.app.inject({ method: 'DELETE', url, cookies: editor })
    expect((await remove()).statusCode).toBe(204)
    expect((await remove()).statusCode).toBe(404)
  })
})

describe('blocks', () => {
  test('are found by words of their title, and lead somewhere wherever they cannot be shown', async () => {
    const place = await createMarketPlace(database)
    await createProduct(database, { place, title: 'Rye <loaf>', slug: 'rye' })
    await createProduct(database, { place, title: 'Bun', slug: 'bun' })
    const calendar = await createCalendar(database)
    const soon = new Date(Date.now() + 86_400_000)
    await createEntry(database, { calendar, title: 'Rye tasting', startsAt: soon })
    await createEntry(database, { calendar, title: 'Film', startsAt: soon })
    const { body } = await get('/admin/blocks/?kind=product&q=rye')
    expect(body.blocks).toHaveLength(1)
    expect(body.blocks[0]).toMatchObject({ title: 'Rye <loaf>' })
    const [, path = ''] =
      /^<div data-block="product:([^"]+\/rye\/)">/.exec(body.blocks[0].html) ?? []
    expect(body.blocks[0].html).toBe(
      `<div data-block="product:${path}"><p>` +
        `<a href="http://market.localhost${path}">Rye &lt;loaf&gt;</a></p></div>`,
    )
    const events = await get('/admin/blocks/?kind=event&q=rye')
    expect(events.body.blocks).toMatchObject([{ title: 'Rye tasting' }])
    expect((await get('/admin/blocks/?kind=cart')).body.blocks).toHaveLength(1)
  })

  test('may be lists that everybody may see', async () => {
    const graph = createGraphAccess({ connection, log: blog.dependencies.log })
    const { store } = await graph.open()
    const list = { description: '', text: '?- post(P).', limit: 10, order: 'newest' as const }
    await createQuery(store, { ...list, slug: 'bread', title: 'All bread', isPublic: true })
    await createQuery(store, { ...list, slug: 'plans', title: 'Bread plans', isPublic: false })
    const { body } = await get('/admin/blocks/?kind=list&q=bread')
    expect(body.blocks).toEqual([{ title: 'All bread', note: '', html: '<p>[[list: bread]]</p>' }])
    await graph[Symbol.asyncDispose]()
  })

  test('of a kind that is not known are refused', async () => {
    const { status, body } = await get('/admin/blocks/?kind=poem')
    expect([status, body.detail]).toEqual([400, expect.stringContaining('product, event')])
  })
})

describe('the editor’s own files', () => {
  test('are compressed, kept for ever, and nothing a public page asks for', async () => {
    const page = await blog.app.inject({ url: '/admin/test-post/', cookies: editor })
    const [script = ''] = /\/assets\/editor\/[0-9a-f]{12}\/editor\.js/.exec(page.body) ?? []
    const answer = await blog.app.inject({ url: script, headers: { 'accept-encoding': 'br' } })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-encoding': 'br',
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    })
    expect(answer.rawPayload.length).toBeLessThan(900_000)
    const missing = await blog.app.inject({ url: script.replace('editor.js', 'other.js') })
    expect(missing.statusCode).toBe(404)
  })

  test('may show what is still being uploaded, and nothing else that others may not', async () => {
    const { headers } = await blog.app.inject({ url: '/admin/test-post/', cookies: editor })
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("img-src blob: 'self'")
    expect(policy).toContain("media-src blob: 'self'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("style-src 'self';")
  })
}, 60_000)
