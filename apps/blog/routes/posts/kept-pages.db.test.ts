import { setTimeout as delay } from 'node:timers/promises'
import { createCache } from '@rose-ash/shared/infrastructure/cache/create-cache'
import type { FragmentQuery } from '@rose-ash/shared/infrastructure/fragments/client'
import { createLog } from '@rose-ash/shared/infrastructure/log'
import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createPost, createTag } from '@rose-ash/testing/factories/post'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { createBlogApp } from '../../app.ts'

const connection = await createTestDatabase()
const { database, pool } = connection
const log = createLog({ app: 'blog', level: 'silent' })
const cache = createCache({ prefix: 'test', log })
const options = {
  app: 'blog',
  create: createBlogApp,
  connection,
  cache,
  config: { pageCacheSeconds: 60 },
  internal: {
    isAvailable: () => true,
    async post(_app: unknown, _path: unknown, { body }: { readonly body: unknown }) {
      return (body as readonly FragmentQuery[]).map(({ type, parameters }) =>
        type === 'cart-mini' ? `<i>cart of ${parameters['deviceId'] ?? 'nobody'}</i>` : '',
      )
    },
  },
} as const
const blog = await createTestApp(options)
/** Another process would have a cache of its own in front of the shared one. */
const other = await createTestApp(options)
await blog.dependencies.jobs.start()
afterAll(async () => {
  await blog.dependencies.jobs.stop()
  await other.close()
  await blog.close()
  await cache.close()
  await connection.close()
})
beforeEach(async () => {
  await pool.query(`delete from posts where type in ('post', 'page')`)
  await cache.invalidateTags(['blog'])
})

const editor = await blog.signInAs('editor')

function get(url: string, headers: Record<string, string> = {}, app = blog) {
  return app.app.inject({ url, headers: { accept: 'text/html', ...headers } })
}

function save(id: string, form: Record<string, string>) {
  return blog.app.inject({
    method: 'POST',
    url: `/admin/posts/${id}/`,
    cookies: editor,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(form).toString(),
  })
}

async function setTitle(slug: string, title: string) {
  await pool.query('update posts set title = $2 where slug = $1', [slug, title])
}

const published = new Date('2026-02-01T12:00:00Z')

test('a stranger gets a kept page, and nothing but its name when they have it already', async () => {
  await createPost(database, { slug: 'rye', title: 'Rye' })
  const first = await get('/rye/')
  expect(first.headers).toMatchObject({
    'cache-control': 'public, max-age=0, must-revalidate',
    vary: expect.stringContaining('cookie'),
    etag: expect.stringMatching(/^W\/".+"$/),
  })
  expect(first.headers['set-cookie']).toBeUndefined()
  await setTitle('rye', 'Changed behind its back')
  expect((await get('/rye/')).body).toBe(first.body)
  const again = await get('/rye/', { 'if-none-match': String(first.headers['etag']) })
  expect([again.statusCode, again.body]).toEqual([304, ''])
  const head = await blog.app.inject({ method: 'HEAD', url: '/rye/' })
  expect([head.statusCode, head.body]).toEqual([200, ''])
})

test.each(['br', 'gzip'])('it comes compressed to who takes %s', async (encoding) => {
  await createPost(database, { slug: 'rye', html: `<p>${'long '.repeat(500)}</p>` })
  const plain = await get('/rye/')
  const small = await get('/rye/', { 'accept-encoding': encoding })
  expect(small.headers['content-encoding']).toBe(encoding)
  expect(small.rawPayload.length).toBeLessThan(plain.rawPayload.length / 2)
  expect(small.headers['etag']).toBe(plain.headers['etag'])
})

test('what is saved is seen at once, here and by another process, and nothing else is made anew', async () => {
  const tag = await createTag(database, { slug: 'bread', name: 'Bread' })
  const rye = await createPost(database, { slug: 'rye', title: 'Rye', tags: [tag] })
  await createPost(database, { slug: 'far', title: 'Far away', publishedAt: published })
  await createPost(database, { slug: 'near', title: 'Near', publishedAt: new Date('2026-01-15') })
  const paths = ['/', '/tag/bread/', '/rye/', '/near/', '/far/']
  for (const path of paths) for (const app of [blog, other]) await get(path, {}, app)
  await setTitle('far', 'Not made anew')
  const answer = await save(rye.id, { title: 'Dark rye', status: 'published' })
  expect(answer.statusCode).toBe(303)
  for (const path of ['/', '/tag/bread/', '/rye/', '/near/']) {
    expect((await get(path)).body).toContain('Dark rye')
  }
  await delay(120)
  for (const path of ['/', '/tag/bread/', '/rye/', '/near/']) {
    expect((await get(path, {}, other)).body).toContain('Dark rye')
  }
  expect((await get('/far/')).body).toContain('<h1>Far away</h1>')
})

test('what is not there is not kept, and is seen once it is published', async () => {
  expect((await get('/soon/')).statusCode).toBe(404)
  const soon = await createPost(database, { slug: 'soon', title: 'Soon', status: 'draft' })
  await save(soon.id, { title: 'Soon', status: 'published' })
  expect((await get('/soon/')).statusCode).toBe(200)
  await blog.app.inject({ method: 'POST', url: `/admin/posts/${soon.id}/delete`, cookies: editor })
  expect((await get('/soon/')).statusCode).toBe(404)
})

test('members never get a kept page, and what they see is never kept', async () => {
  const gated = { html: '<p>For members.</p>', visibility: 'members' } as const
  await createPost(database, { slug: 'rye', ...gated })
  const member = await blog.signInAs()
  const cookie = (cookies: Record<string, string>) =>
    Object.entries(cookies)
      .map(([name, value]) => `${name}=${value}`)
      .join('; ')
  for (const cookies of [member, editor]) {
    const seen = await get('/rye/', { cookie: cookie(cookies) })
    expect(seen.headers['cache-control']).toBe('private, no-cache')
    expect(seen.body).toContain('For members.')
    expect((await get('/rye/')).body).not.toContain('For members.')
  }
  expect((await get('/rye/')).body).not.toContain('/admin/')
})

test('each visitor sees their own cart in it', async () => {
  await createPost(database, { slug: 'rye' })
  const stranger = await get('/rye/')
  expect(stranger.body).toContain('<i>cart of nobody</i>')
  const device = 'a-device-of-somebody'
  const { createHmac } = await import('node:crypto')
  const { deriveKey } = await import('@rose-ash/shared/infrastructure/keys')
  const key = deriveKey(blog.dependencies.config.secretKey, 'device-cookie')
  const signature = createHmac('sha256', key).update(device).digest('base64url')
  const own = await get('/rye/', { cookie: `device=${device}.${signature}` })
  expect(own.body).toContain(`<i>cart of ${device}</i>`)
  expect(own.body).not.toContain('cart of nobody')
  expect(own.headers['cache-control']).toBe('private, no-cache')
  expect(own.headers['etag']).not.toBe(stranger.headers['etag'])
  expect((await get('/rye/')).body).toContain('<i>cart of nobody</i>')
})
