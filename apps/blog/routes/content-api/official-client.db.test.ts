import { createRequire } from 'node:module'
import { createAuthor, createPost, createTag } from '@rose-ash/testing/factories/post'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestContentApi, type TestContentApi } from './test-content-api.ts'

type Rows = Record<string, unknown>[] & { meta: { pagination: Record<string, unknown> } }
type Options = Record<string, unknown>

interface Client {
  readonly posts: Endpoint
  readonly pages: Endpoint
  readonly tags: Endpoint
  readonly authors: Endpoint
  readonly tiers: Pick<Endpoint, 'browse'>
  readonly newsletters: Pick<Endpoint, 'browse'>
  readonly settings: { browse(): Promise<Record<string, unknown>> }
}

interface Endpoint {
  browse(options?: Options): Promise<Rows>
  read(data: { id?: string; slug?: string }, options?: Options): Promise<Record<string, unknown>>
}

const require = createRequire(import.meta.url)
const createClient = require('@tryghost/content-api') as (options: {
  url: string
  key: string
  version: string
}) => Client

let api: TestContentApi
let client: Client
beforeAll(async () => {
  api = await createTestContentApi()
  const { database } = api.connection
  const url = await api.blog.app.listen({ host: '127.0.0.1', port: 0 })
  client = createClient({ url, key: api.key, version: 'v6.0' })
  const tag = await createTag(database, { slug: 'bread', name: 'Bread' })
  const author = await createAuthor(database, { slug: 'wren', name: 'Wren' })
  for (let number = 1; number <= 7; number += 1) {
    await createPost(database, {
      slug: `loaf-${number}`,
      publishedAt: new Date(Date.UTC(2026, 0, number)),
      featured: number > 5,
      authors: [author],
      tags: number % 2 === 1 ? [tag] : [],
    })
  }
  await createPost(database, { slug: 'about', type: 'page', title: 'About' })
})
afterAll(() => api[Symbol.asyncDispose]())

const slugs = (rows: Rows) => rows.map(({ slug }) => slug)

describe('the official client of Ghost', () => {
  it('reads every post page by page', async () => {
    const seen: unknown[] = []
    for (let page: unknown = 1; page;) {
      const posts = await client.posts.browse({ limit: 3, page })
      seen.push(...slugs(posts))
      page = posts.meta.pagination['next']
    }
    expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1].map((number) => `loaf-${number}`))
  })

  it('filters, orders, includes and chooses fields', async () => {
    const posts = await client.posts.browse({
      filter: ['tag:bread+featured:true', `published_at:<'2026-01-02'`].join(','),
      order: 'published_at ASC',
      include: ['tags', 'authors'],
    })
    expect(slugs(posts)).toEqual(['loaf-1', 'loaf-7'])
    expect(posts[0]).toMatchObject({
      primary_tag: { slug: 'bread' },
      primary_author: { name: 'Wren' },
    })
    const [bare] = await client.posts.browse({ limit: 1, fields: ['slug', 'title'] })
    expect(bare).toEqual({ slug: 'loaf-7', title: 'Bread for the weekend' })
  })

  it('reads one by slug and by id', async () => {
    const post = await client.posts.read({ slug: 'loaf-2' }, { formats: ['html', 'plaintext'] })
    expect(post).toMatchObject({ slug: 'loaf-2', html: '<p>Flour, water and salt.</p>' })
    expect(await client.posts.read({ id: String(post['id']) })).toMatchObject({ slug: 'loaf-2' })
    expect(await client.pages.read({ slug: 'about' })).toMatchObject({ title: 'About' })
    expect(await client.authors.read({ slug: 'wren' }, { include: 'count.posts' })).toMatchObject({
      name: 'Wren',
      count: { posts: 7 },
    })
  })

  it('reads tags, tiers, newsletters and settings', async () => {
    const [tag] = await client.tags.browse({ include: 'count.posts' })
    expect(tag).toMatchObject({ slug: 'bread', count: { posts: 4 } })
    expect([...(await client.tiers.browse())]).toEqual([])
    expect([...(await client.newsletters.browse())]).toEqual([])
    expect(await client.settings.browse()).toMatchObject({ title: 'Rose Ash', navigation: [] })
  })

  it('is told what was wrong in a way that it understands', async () => {
    await expect(client.posts.read({ slug: 'nothing' })).rejects.toMatchObject({
      name: 'NotFoundError',
      context: 'Post not found.',
    })
    await expect(client.posts.browse({ filter: 'tag:' })).rejects.toMatchObject({
      name: 'BadRequestError',
      context: expect.stringContaining('character 5'),
    })
  })
})
