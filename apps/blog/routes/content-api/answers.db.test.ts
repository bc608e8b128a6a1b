import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createPost } from '@rose-ash/testing/factories/post'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { integrations } from '../../models/index.ts'
import { createTestContentApi, type TestContentApi } from './test-content-api.ts'

let api: TestContentApi
beforeAll(async () => {
  api = await createTestContentApi()
})
afterAll(() => api[Symbol.asyncDispose]())
beforeEach(async () => {
  await emptyTables(api.connection.pool, 'posts')
})

const database = () => api.connection.database

describe('a key', () => {
  it.each([
    ['of nobody', 'a'.repeat(26)],
    ['that is none', "x' or true --"],
    ['left out', ''],
  ])('%s opens nothing', async (_name, key) => {
    await createPost(database())
    const { status, body } = await api.ask('posts/', { key })
    expect(status).toBe(401)
    expect(Object.keys(body)).toEqual(['errors'])
    expect(body.errors[0]).toMatchObject({
      message: 'Unknown Content API Key',
      context: null,
      type: 'UnauthorizedError',
      code: 'UNKNOWN_CONTENT_API_KEY',
    })
  })

  it('notes when it was used, once a minute', async () => {
    const used = async () =>
      (await database().select().from(integrations)).find(
        ({ contentKey }) => contentKey === api.key,
      )?.lastUsedAt
    const long = new Date(Date.now() - 3_600_000)
    await database().update(integrations).set({ lastUsedAt: long })
    await api.ask('posts/')
    const first = await used()
    expect(first?.getTime()).toBeGreaterThan(long.getTime())
    await api.ask('posts/')
    expect(await used()).toEqual(first)
  })
})

describe('an answer', () => {
  it('may be read by pages of any site, and be kept by those who ask again', async () => {
    await createPost(database())
    const { headers } = await api.ask('posts/', {}, { 'accept-version': 'v6.0' })
    expect(headers).toMatchObject({
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=0',
      'content-type': 'application/json; charset=utf-8',
    })
    expect(headers['content-version']).toMatch(/^v6\.\d+$/)
    expect(headers['set-cookie']).toBeUndefined()
    const etag = String(headers['etag'])
    expect(etag).toMatch(/^W\/"/)
    const again = await api.ask('posts/', {}, { 'if-none-match': `"other", ${etag}` })
    expect([again.status, again.body]).toEqual([304, undefined])
    await createPost(database())
    expect((await api.ask('posts/', {}, { 'if-none-match': etag })).status).toBe(200)
  })

  it('is the same for a member, and for somebody who opens it in a browser', async () => {
    await createPost(database(), { visibility: 'members', html: '<p>For members.</p>' })
    const { cookies } = await api.blog.signIn()
    const url = `/ghost/api/content/posts/?key=${api.key}`
    const headers = {
      accept: 'text/html',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    }
    const answers = [
      await api.blog.app.inject({ url }),
      await api.blog.app.inject({ url, headers }),
      await api.blog.app.inject({ url, headers, cookies }),
    ]
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200])
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
    expect(answers.flatMap((answer) => answer.headers['set-cookie'] ?? [])).toEqual([])
    expect(answers[0]?.body).not.toContain('For members.')
  })

  it('is for HEAD and OPTIONS too', async () => {
    const url = `/ghost/api/content/posts/?key=${api.key}`
    const head = await api.blog.app.inject({ method: 'HEAD', url })
    expect([head.statusCode, head.body]).toEqual([200, ''])
    const headers = { origin: 'https://front.example', 'access-control-request-method': 'GET' }
    const options = await api.blog.app.inject({ method: 'OPTIONS', url, headers })
    expect(options.statusCode).toBe(204)
    expect(options.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-headers': expect.stringContaining('accept-version'),
    })
  })

  it('to a part that there is not is an error as Ghost writes them', async () => {
    const { status, body, headers } = await api.ask('members/')
    expect([status, body.errors[0].type]).toEqual([404, 'NotFoundError'])
    expect(headers['access-control-allow-origin']).toBe('*')
  })
})
