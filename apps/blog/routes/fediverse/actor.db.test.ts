import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createPost, createTag } from '@rose-ash/testing/factories/post'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createBlogApp } from '../../app.ts'

const connection = await createTestDatabase()
const { database, pool } = connection
const blog = await createTestApp({ app: 'blog', create: createBlogApp, connection })
afterAll(async () => {
  await blog.close()
  await connection.close()
})
beforeEach(() => emptyTables(pool, 'posts', 'tags', 'ap_actor_profiles', 'ap_local_posts'))

const site = 'http://blog.localhost'
const actor = `${site}/ap/blog`
const everybody = 'https://www.w3.org/ns/activitystreams#Public'
const get = (url: string, headers: Record<string, string> = {}) =>
  blog.app.inject({ url, headers: { accept: 'application/activity+json', ...headers } })

describe('WebFinger', () => {
  const ask = (query: string) => get(`/.well-known/webfinger${query}`)

  test.each([
    'acct:blog@blog.localhost',
    'acct:BLOG@Blog.Localhost',
    'acct%3A%40blog%40blog.localhost',
    'http://blog.localhost/ap/blog',
    'http://blog.localhost/',
  ])('finds the blog by %s, and leads back to its address', async (resource) => {
    const answer = await ask(`?rel=self&resource=${resource}`)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toBe('application/jrd+json; charset=utf-8')
    expect(answer.headers['access-control-allow-origin']).toBe('*')
    expect(answer.json()).toEqual({
      subject: 'acct:blog@blog.localhost',
      aliases: [actor, `${site}/`],
      links: [{ rel: 'self', type: 'application/activity+json', href: actor }],
    })
  })

  test.each([
    ['', 400],
    ['?resource=', 400],
    ['?resource=blog', 400],
    ['?resource=acct:blog@blog.localhost&resource=acct:a@b', 400],
    ['?resource=acct:baker@blog.localhost', 404],
    ['?resource=acct:blog@elsewhere.example', 404],
    ['?resource=mailto:blog@blog.localhost', 404],
    ['?resource=https://elsewhere.example/ap/blog', 404],
  ])('answers “%s” with %i and says why', async (query, status) => {
    const answer = await ask(query)
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['access-control-allow-origin']).toBe('*')
    expect(answer.headers['content-type']).toContain('application/problem+json')
  })
})

test('NodeInfo leads from the well-known place to what is true', async () => {
  await createPost(database)
  await createPost(database, { status: 'draft' })
  const { links } = (await get('/.well-known/nodeinfo')).json()
  expect(links.map(({ href }: { href: string }) => href)).toEqual([
    `${site}/nodeinfo/2.1`,
    `${site}/nodeinfo/2.0`,
  ])
  expect((await get('/nodeinfo/2.1')).json()).toMatchObject({
    version: '2.1',
    protocols: ['activitypub'],
    openRegistrations: false,
    usage: { localPosts: 1 },
  })
  expect((await get('/.well-known/host-meta')).body).toContain(
    `template="${site}/.well-known/webfinger?resource={uri}"`,
  )
})

describe('the actor', () => {
  test('is the same whatever host is asked for, and keeps its key', async () => {
    const [first, second] = await Promise.all([
      get('/ap/blog', { host: 'evil.example' }),
      get('/ap/blog'),
    ])
    expect(first.json()).toEqual(second.json())
    expect(first.body).not.toContain('evil.example')
    expect(first.json()).toMatchObject({
      id: actor,
      type: 'Organization',
      preferredUsername: 'blog',
      inbox: `${actor}/inbox`,
      endpoints: { sharedInbox: `${site}/ap/inbox` },
      publicKey: { id: `${actor}#main-key`, owner: actor },
    })
    const { rows } = await pool.query('select sealed_private_pem, public_pem from ap_keys')
    expect(rows).toHaveLength(1)
    expect(rows[0].sealed_private_pem).not.toContain('PRIVATE')
    expect(first.json().publicKey.publicKeyPem).toBe(rows[0].public_pem)
  })

  test('gets another key when the old one can no longer be opened', async () => {
    const before = (await get('/ap/blog')).json().publicKey.publicKeyPem
    const secretKey = 'another key for tests, of no use to anybody else'
    await using moved = await createTestApp({
      app: 'blog',
      create: createBlogApp,
      connection,
      config: { secretKey },
    })
    const ask = async () => (await moved.app.inject({ url: '/ap/blog' })).json().publicKey
    const [after, again] = await Promise.all([ask(), ask()])
    expect(after.publicKeyPem).not.toBe(before)
    expect(again).toEqual(after)
    const { rows } = await pool.query('select retired_at is null as signs from ap_keys order by 1')
    expect(rows).toEqual([{ signs: false }, { signs: true }])
  })

  test('leads browsers to the blog, and is no member', async () => {
    await get('/ap/blog')
    const { headers } = await get('/ap/blog', { accept: 'text/html' })
    expect(headers.location).toBe(`${site}/`)
    const { federation } = blog.dependencies.services
    expect(await federation.listProfiles({ limit: 10 })).toEqual([])
    expect(await federation.findProfileByUsername('blog')).toBeUndefined()
  })

  test('says how many follow it, and not who', async () => {
    expect((await get('/ap/blog/followers')).json()).toMatchObject({
      type: 'OrderedCollection',
      totalItems: 0,
    })
  })
})

describe('a post', () => {
  test('is an Article at an address of its own and at that of its page', async () => {
    const tag = await createTag(database, { slug: 'rye', name: 'Rye and barley' })
    const post = await createPost(database, {
      slug: 'rye',
      title: 'Rye & more',
      html: '<p>See <a href="/about/">us</a>.</p>',
      customExcerpt: 'In short.',
      language: 'de',
      tags: [tag],
    })
    const { statusCode, headers, ...answer } = await get(`/ap/blog/posts/${post.id}`)
    expect(statusCode).toBe(200)
    expect(headers['content-type']).toBe('application/activity+json; charset=utf-8')
    const html = `<p>See <a href="${site}/about/">us</a>.</p>`
    expect(answer.json()).toMatchObject({
      id: `${actor}/posts/${post.id}`,
      type: 'Article',
      attributedTo: actor,
      to: [everybody],
      cc: [`${actor}/followers`],
      name: 'Rye & more',
      summary: 'In short.',
      content: html,
      contentMap: { de: html },
      url: `${site}/rye/`,
      tag: [{ type: 'Hashtag', name: '#RyeAndBarley', href: `${site}/tag/rye/` }],
      preview: { type: 'Note' },
    })
    for (const accept of [
      'application/activity+json, application/ld+json',
      'application/ld+json; profile="https://www.w3.org/ns/activitystreams", text/html;q=0.1',
    ]) {
      expect((await get('/rye/', { accept })).json()).toEqual(answer.json())
    }
    const page = await get('/rye/', { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' })
    expect(page.headers['content-type']).toContain('text/html')
    expect(page.body).toContain(
      `<link rel="alternate" href="${actor}/posts/${post.id}" type="application/activity+json"`,
    )
    const led = await get(`/ap/blog/posts/${post.id}`, { accept: 'text/html' })
    expect(led.headers.location).toBe(`${site}/rye/`)
  })

  test.each(['draft', 'scheduled', 'trashed', 'sent'] as const)(
    'that is %s is nothing to other servers',
    async (status) => {
      const post = await createPost(database, { slug: 'rye', status })
      expect((await get(`/ap/blog/posts/${post.id}`)).statusCode).toBe(404)
      expect((await get('/rye/')).statusCode).toBe(404)
      expect((await get('/ap/blog/outbox?page=1')).body).not.toContain(post.id)
    },
  )

  test('that they were told of and that is gone is a Tombstone', async () => {
    const post = await createPost(database, { status: 'draft' })
    await pool.query(
      `insert into ap_local_posts (post_id, content_hash, deleted_at) values ($1, '', now())`,
      [post.id],
    )
    const answer = await get(`/ap/blog/posts/${post.id}`)
    expect(answer.statusCode).toBe(410)
    expect(answer.json()).toMatchObject({ type: 'Tombstone', formerType: 'Article' })
  })

  test('is nothing when its id is none', async () => {
    for (const id of ['none', '%00', '00000000-0000-4000-8000-000000000000'])
      expect((await get(`/ap/blog/posts/${id}`)).statusCode).toBe(404)
    expect((await get('/ap/blog/activities/x')).statusCode).toBe(404)
  })
})

test('the outbox has every listed post once, page by page', async () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 9, minute % 7))
  for (let minute = 0; minute < 45; minute += 1)
    await createPost(database, { title: `Post ${minute}`, publishedAt: at(minute) })
  const outbox = (await get('/ap/blog/outbox')).json()
  expect(outbox).toMatchObject({ type: 'OrderedCollection', totalItems: 45 })
  const seen = new Set<string>()
  for (let next: string | undefined = outbox.first; next;) {
    const page = (await get(next.slice(site.length))).json()
    for (const { type, object } of page.orderedItems) {
      expect(type).toBe('Create')
      expect(seen.has(object.id)).toBe(false)
      seen.add(object.id)
    }
    next = page.next
  }
  expect(seen.size).toBe(45)
  expect((await get('/ap/blog/outbox?before=nonsense&page=1')).statusCode).toBe(200)
})
