import type { DatabaseConnection } from '@rose-ash/shared/infrastructure/database'
import { createTestApp, type TestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createPost } from '@rose-ash/testing/factories/post'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createBlogApp } from '../../../app.ts'
import { integrations, outgoingWebhooks } from '../../../models/index.ts'
import {
  createTestTarget,
  type TestTarget,
  verifyDelivery,
} from '../../../services/webhooks/test-target.ts'

let connection: DatabaseConnection
let target: TestTarget
let blog: TestApp
let cookies: Record<string, string>
beforeAll(async () => {
  connection = await createTestDatabase()
  target = await createTestTarget()
  const config = { privateHosts: [target.host] }
  blog = await createTestApp({ app: 'blog', create: createBlogApp, connection, config })
  cookies = await blog.signInAs('editor')
})
afterAll(async () => {
  await blog.close()
  await target[Symbol.asyncDispose]()
  await connection.close()
})
beforeEach(async () => {
  await emptyTables(connection.pool, 'integrations', 'posts')
  target.received.length = 0
  target.answer = { status: 200 }
})

const get = (url: string, cookie = cookies) =>
  blog.app.inject({ url, cookies: cookie, headers: { accept: 'text/html' } })

function send(url: string, form: Record<string, string> = {}, cookie = cookies) {
  return blog.app.inject({
    method: 'POST',
    url,
    cookies: cookie,
    headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(form).toString(),
  })
}

async function make(name = 'Front page'): Promise<string> {
  const { statusCode, headers } = await send('/admin/integrations/', { name })
  expect(statusCode).toBe(303)
  return String(headers.location)
}

const readWebhooks = () => connection.database.select().from(outgoingWebhooks)

describe('an integration', () => {
  it('has a key that opens the Content API until it is deleted', async () => {
    expect((await get('/admin/integrations/')).body).toContain('No integrations yet')
    const url = await make('Front <page>')
    const [row] = await connection.database.select().from(integrations)
    expect(row?.contentKey).toMatch(/^[\da-f]{26}$/)
    const { body } = await get(url)
    expect(body).toContain('Front &lt;page&gt;')
    expect(body).toContain(`value="${row?.contentKey}"`)
    expect(body).toContain('value="http://blog.localhost"')
    const api = `/ghost/api/content/posts/?key=${row?.contentKey}`
    expect((await blog.app.inject({ url: api })).statusCode).toBe(200)
    expect((await get('/admin/integrations/')).body).toMatch(/Last read/)

    const asked = await get(`${url}delete`)
    expect(asked.body).toContain('Its key stops working at once')
    expect((await send(`${url}delete`)).headers.location).toBe('/admin/integrations/')
    expect((await blog.app.inject({ url: api })).statusCode).toBe(401)
    expect((await get(url)).statusCode).toBe(404)
  })

  it('needs a name', async () => {
    const { statusCode, body } = await send('/admin/integrations/', { name: '  ' })
    expect(statusCode).toBe(422)
    expect(body).toContain('Please give it a name.')
    expect(await connection.database.select().from(integrations)).toEqual([])
  })

  it('is for those who may bring content in and out', async () => {
    const url = await make()
    const other = await blog.signInAs('moderator')
    for (const path of ['/admin/integrations/', url, `${url}delete`]) {
      expect((await get(path, other)).statusCode).toBe(403)
      expect((await get(path, {})).statusCode).toBe(303)
    }
    for (const path of ['/admin/integrations/', `${url}webhooks`, `${url}delete`]) {
      expect((await send(path, { name: 'a' }, other)).statusCode).toBe(403)
      expect((await send(path, { name: 'a' }, {})).statusCode).toBe(401)
    }
    expect(await connection.database.select().from(integrations)).toHaveLength(1)
  })
})

describe('a webhook', () => {
  it('shows its secret once, is tested, and is removed', async () => {
    const url = await make()
    await createPost(connection.database, { slug: 'loaf' })
    const form = { event: 'post.published', targetUrl: target.url }
    const added = await send(`${url}webhooks`, form)
    expect(added.statusCode).toBe(200)
    const secret = /<code>([\da-f]{64})<\/code>/.exec(added.body)?.[1] ?? ''
    const page = await get(url)
    expect(page.body).toContain('Not used yet')
    expect(page.body).not.toContain(secret)
    const [row] = await readWebhooks()
    expect(JSON.stringify(row)).not.toContain(secret)

    const base = `${url}webhooks/${row?.id}`
    expect((await send(`${base}/test`)).headers.location).toBe(url)
    const [received] = target.received
    if (!received) throw new Error('The test did not arrive.')
    verifyDelivery(received, secret)
    expect(received.body).toMatchObject({
      event: 'post.published',
      test: true,
      post: { current: { slug: 'loaf' } },
    })
    expect((await get(url)).body).toContain('Answered 200')

    target.answer = { status: 410 }
    await send(`${base}/test`)
    expect((await get(url)).body).toContain('Stopped: the target is gone (410)')
    expect((await send(`${base}/remove`)).headers.location).toBe(url)
    expect(await readWebhooks()).toEqual([])
  })

  it.each([
    ['post.published', 'bakery.example', 'That is no web address'],
    ['post.published', 'file:///etc/passwd', 'That is no web address'],
    ['post.published', 'https://a:b@bakery.example/', 'That is no web address'],
    ['post.eaten', 'https://bakery.example/', 'Please choose what it is to be told of.'],
  ])('for %s at %s is refused with a reason', async (event, targetUrl, reason) => {
    const url = await make()
    const { statusCode, body } = await send(`${url}webhooks`, { event, targetUrl })
    expect(statusCode).toBe(422)
    expect(body).toContain(reason)
    expect(await readWebhooks()).toEqual([])
  })

  it('is not added a second time by sending the form again', async () => {
    const url = await make()
    const form = { event: 'site.changed', targetUrl: 'https://bakery.example/hook' }
    await send(`${url}webhooks`, form)
    const again = await send(`${url}webhooks`, form)
    expect([again.statusCode, (await readWebhooks()).length]).toEqual([422, 1])
    expect(again.body).toContain('It is told of that already.')
  })

  it('of another integration cannot be reached', async () => {
    const [url, other] = [await make(), await make('Another')]
    await send(`${url}webhooks`, { event: 'site.changed', targetUrl: target.url })
    const [row] = await readWebhooks()
    for (const wish of ['test', 'remove']) {
      expect((await send(`${other}webhooks/${row?.id}/${wish}`)).statusCode).toBe(404)
    }
    expect(target.received).toEqual([])
    expect(await readWebhooks()).toHaveLength(1)
  })
})
