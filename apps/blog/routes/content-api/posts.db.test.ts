import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createAuthor, createPost, createTag } from '@rose-ash/testing/factories/post'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { postTiers, tiers } from '../../models/index.ts'
import { createTestContentApi, type TestContentApi } from './test-content-api.ts'

let api: TestContentApi
beforeAll(async () => {
  api = await createTestContentApi()
})
afterAll(() => api[Symbol.asyncDispose]())
beforeEach(async () => {
  await emptyTables(api.connection.pool, 'posts', 'tags', 'authors', 'tiers')
})

const database = () => api.connection.database
const slugs = (posts: { slug: string }[]) => posts.map(({ slug }) => slug)
const day = (number: number) => new Date(Date.UTC(2026, 0, number, 12))

describe('a list of posts', () => {
  it('has what is published and nothing else', async () => {
    await createPost(database(), { slug: 'out' })
    await createPost(database(), { slug: 'about', type: 'page' })
    await createPost(database(), { slug: 'thing', type: 'type' })
    for (const status of ['draft', 'scheduled', 'sent', 'trashed'] as const) {
      await createPost(database(), { slug: status, status })
    }
    expect(slugs((await api.ask('posts/')).body.posts)).toEqual(['out'])
    expect(slugs((await api.ask('pages/')).body.pages)).toEqual(['about'])
    for (const slug of ['draft', 'scheduled', 'sent', 'trashed', 'about', 'thing']) {
      expect((await api.ask(`posts/slug/${slug}/`)).status).toBe(404)
    }
    const asked = await api.ask('posts/', { filter: 'status:[draft,scheduled,sent]' })
    expect(asked.body.posts).toEqual([])
  })

  it('comes newest first, in pages that say how many there are', async () => {
    for (let number = 1; number <= 5; number += 1) {
      await createPost(database(), { slug: `day-${number}`, publishedAt: day(number) })
    }
    const { body } = await api.ask('posts/', { limit: '2', page: '2' })
    expect(slugs(body.posts)).toEqual(['day-3', 'day-2'])
    expect(body.meta.pagination).toEqual({
      page: 2,
      limit: 2,
      pages: 3,
      total: 5,
      next: 3,
      prev: 1,
    })
    const beyond = await api.ask('posts/', { limit: '2', page: '9' })
    expect(beyond.body).toMatchObject({ posts: [], meta: { pagination: { next: null } } })
    const turned = await api.ask('posts/', { order: 'published_at asc', limit: '1' })
    expect(slugs(turned.body.posts)).toEqual(['day-1'])
  })

  it('holds 15 unless another number is asked for, and never more than 100', async () => {
    for (const [limit, given] of [
      ['', 15],
      ['7', 7],
      ['500', 100],
      ['all', 100],
    ] as const) {
      const { body } = await api.ask('posts/', limit ? { limit } : {})
      expect(body.meta.pagination.limit).toBe(given)
    }
    const wrong = await api.ask('posts/', { limit: 'many' })
    expect(wrong.status).toBe(400)
    expect(wrong.body.errors[0].message).toContain('limit')
  })

  it('has tags, authors and tiers for who includes them', async () => {
    const [news, hidden] = [
      await createTag(database(), { slug: 'news', name: 'News' }),
      await createTag(database(), { slug: 'hash-a', name: '#a', visibility: 'internal' }),
    ]
    const author = await createAuthor(database(), { slug: 'wren' })
    await createPost(database(), { slug: 'one', tags: [news, hidden], authors: [author] })
    await createPost(database(), { slug: 'two', tags: [hidden, news], publishedAt: day(0) })
    const bare = (await api.ask('posts/')).body.posts[0]
    for (const name of ['tags', 'authors', 'tiers', 'primary_tag', 'primary_author']) {
      expect(bare).not.toHaveProperty(name)
    }
    const { body } = await api.ask('posts/', { include: 'tags,authors,tiers' })
    const [one, two] = body.posts
    expect(one).toMatchObject({
      tags: [
        { slug: 'news', url: 'http://blog.localhost/tag/news/' },
        { slug: 'hash-a', url: 'http://blog.localhost/404/' },
      ],
      primary_tag: { slug: 'news' },
      authors: [{ slug: 'wren', url: 'http://blog.localhost/author/wren/' }],
      primary_author: { slug: 'wren' },
      tiers: [],
    })
    expect(two).toMatchObject({ primary_tag: null, primary_author: null, authors: [] })
  })

  it('has the fields and formats that are asked for', async () => {
    await createPost(database(), { slug: 'one', publicText: 'Flour, water and salt.' })
    const get = async (query: Record<string, string>) =>
      (await api.ask('posts/', query)).body.posts[0]
    expect(await get({ fields: 'title,url' })).toEqual({
      title: 'Bread for the weekend',
      url: 'http://blog.localhost/one/',
    })
    expect(await get({ fields: 'slug', formats: 'plaintext' })).toEqual({
      slug: 'one',
      plaintext: 'Flour, water and salt.',
    })
    expect(await get({ fields: 'slug,html' })).toEqual({
      slug: 'one',
      html: '<p>Flour, water and salt.</p>',
    })
    expect(await get({})).toHaveProperty('html')
    expect(await get({})).not.toHaveProperty('plaintext')
    expect(await get({ formats: 'plaintext' })).not.toHaveProperty('html')
  })

  it('asks the database no more often for many posts than for one', async () => {
    const tag = await createTag(database())
    const author = await createAuthor(database())
    const query = { include: 'tags,authors,tiers', formats: 'html,plaintext', limit: '100' }
    await createPost(database(), { tags: [tag], authors: [author] })
    const one = await countQueries(() => api.ask('posts/', query))
    for (let count = 0; count < 30; count += 1) {
      await createPost(database(), { tags: [tag], authors: [author] })
    }
    expect(await countQueries(() => api.ask('posts/', query))).toBe(one)
    expect(one).toBeLessThan(9)
  })
})

async function countQueries(run: () => Promise<unknown>): Promise<number> {
  const { pool } = api.connection
  let count = 0
  const query = pool.query
  pool.query = ((...values: Parameters<typeof query>) => {
    count += 1
    return query.apply(pool, values)
  }) as typeof query
  try {
    await run()
  } finally {
    pool.query = query
  }
  return count
}

describe('a post', () => {
  it('is found by its slug, by our id and by the id it had at its source', async () => {
    await api.connection.pool.query(
      `insert into content_imports (source, file_name, state) values ('ghost:quay', 'a.json', 'done')`,
    )
    const sourceId = '6b024f7f6fb62964bafadad6'
    const post = await createPost(database(), { slug: 'one', source: 'ghost:quay', sourceId })
    for (const path of ['slug/one/', `${sourceId}/`, `${post.id}/`]) {
      const { body } = await api.ask(`posts/${path}`)
      expect(body).toMatchObject({ posts: [{ id: sourceId, slug: 'one' }] })
      expect(body).not.toHaveProperty('meta')
    }
    const here = await createPost(database(), { slug: 'two' })
    expect((await api.ask('posts/slug/two/')).body.posts[0]).toMatchObject({
      id: here.id,
      uuid: here.id,
      comment_id: here.id,
    })
  })

  it('that is not there is answered as Ghost does', async () => {
    const { status, body } = await api.ask('posts/6b024f7f6fb62964bafadad6/')
    expect(status).toBe(404)
    expect(body.errors[0]).toMatchObject({
      message: 'Resource not found error, cannot read post.',
      context: 'Post not found.',
      type: 'NotFoundError',
    })
  })

  it('has whole addresses, so that they lead somewhere from another site', async () => {
    await createPost(database(), {
      slug: 'one',
      featureImage: '/content/images/a.png',
      meta: { ogImage: '/content/images/b.png' },
      html: '<p>src="/x" <a href="/about/">a</a> <a href="//other.example/">b</a> <img srcset="/s/a.png 1w, /s/b.png 2w" src="/s/a.png"></p>',
    })
    expect((await api.ask('posts/slug/one/')).body.posts[0]).toMatchObject({
      url: 'http://blog.localhost/one/',
      feature_image: 'http://blog.localhost/content/images/a.png',
      og_image: 'http://blog.localhost/content/images/b.png',
      html: '<p>src="/x" <a href="http://blog.localhost/about/">a</a> <a href="//other.example/">b</a> <img srcset="http://blog.localhost/s/a.png 1w, http://blog.localhost/s/b.png 2w" src="http://blog.localhost/s/a.png"></p>',
    })
  })

  it('has its dates with the offset of the site at that day', async () => {
    await createPost(database(), {
      slug: 'one',
      createdAt: new Date('2026-01-15T12:00:00.250Z'),
      publishedAt: new Date('2026-07-15T12:00:00Z'),
    })
    expect((await api.ask('posts/slug/one/')).body.posts[0]).toMatchObject({
      created_at: '2026-01-15T12:00:00.250+00:00',
      published_at: '2026-07-15T13:00:00.000+01:00',
    })
  })
})

describe('a post that not everybody may read', () => {
  const secret = 'What the bakers keep to themselves.'
  it.each(['members', 'paid', 'tiers'] as const)(
    'comes cut and says so (%s), whatever is asked for',
    async (visibility) => {
      const [tier] = await database()
        .insert(tiers)
        .values({ slug: 'friends', name: 'Friends', type: 'paid' })
        .returning()
      const values = { visibility, plaintext: `For all. ${secret}` }
      const cut = await createPost(database(), {
        ...values,
        slug: 'cut',
        html: `<p>For all.</p><!--members-only--><p>${secret}</p>`,
        publicText: 'For all.',
      })
      await createPost(database(), { ...values, slug: 'whole', html: `<p>${secret}</p>` })
      if (tier) await database().insert(postTiers).values({ postId: cut.id, tierId: tier.id })
      const query = { include: 'tags,authors,tiers', formats: 'html,plaintext' }
      const { body } = await api.ask('posts/slug/cut/', query)
      expect(body.posts[0]).toMatchObject({
        access: false,
        visibility,
        html: '<p>For all.</p>',
        plaintext: 'For all.',
        excerpt: 'For all.',
        tiers: visibility === 'members' ? [{ slug: 'friends' }] : [{ slug: 'friends' }],
      })
      for (const path of ['posts/', 'posts/slug/whole/']) {
        expect(JSON.stringify((await api.ask(path, query)).body)).not.toContain(secret)
      }
      const found = await api.ask('posts/', { filter: `html:~'keep',plaintext:~'keep'` })
      expect(found.status).toBe(400)
    },
  )
})
