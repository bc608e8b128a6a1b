import { randomUUID } from 'node:crypto'
import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { startGhostSite } from '@rose-ash/testing/ghost/ghost-site'
import { signDelivery } from '@rose-ash/testing/ghost/webhook'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBlogApp } from '../../../app.ts'
import { letters } from '../../../services/ghost/test-export.ts'

const connection = await createTestDatabase()
const site = await startGhostSite({
  tables: letters({}, { html: '<img src="__GHOST_URL__/content/images/gone.png">', lexical: null }),
})
const blog = await createTestApp({
  app: 'blog',
  create: createBlogApp,
  connection,
  config: { privateHosts: [site.host] },
})
const { jobs } = blog.dependencies
let cookies: Record<string, string>
beforeAll(async () => {
  cookies = await blog.signInAs('editor')
  await jobs.start()
  await blog.registerJobs?.(jobs)
})
afterAll(async () => {
  await blog.app.close()
  await jobs.stop()
  await blog.close()
  await connection.close()
  await site[Symbol.asyncDispose]()
})

const headers = { accept: 'text/html' }

function get(url: string, as = cookies) {
  return blog.app.inject({ url, cookies: as, headers })
}

function post(url: string, fields: Record<string, string> = {}, as = cookies) {
  return blog.app.inject({
    method: 'POST',
    url,
    cookies: as,
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  })
}

async function query(sql: string) {
  return (await connection.pool.query(sql)).rows
}

async function addSite(): Promise<string> {
  const answer = await post('/admin/ghost/', { address: site.url, key: site.adminKey })
  expect(answer.statusCode).toBe(303)
  const url = String(answer.headers['location'])
  await waitForEnd(url)
  return url
}

async function waitForEnd(url: string) {
  const states = () => query('select state from ghost_sources')
  await expect.poll(states, { timeout: 60_000, interval: 200 }).toEqual([{ state: 'done' }])
  return (await get(url)).body
}

describe('the page of Ghost sites', () => {
  it('is for those who may bring content here', async () => {
    expect((await get('/admin/ghost/', {})).headers['location']).toContain('/auth/login')
    const reader = await blog.signInAs()
    expect((await get('/admin/ghost/', reader)).statusCode).toBe(403)
    expect((await post('/admin/ghost/', {}, reader)).statusCode).toBe(403)
    const id = randomUUID()
    for (const part of ['', 'remove']) {
      expect((await get(`/admin/ghost/${id}/${part}`)).statusCode).toBe(404)
      expect((await get(`/admin/ghost/${id}/${part}`, reader)).statusCode).toBe(403)
    }
    expect((await get('/admin/ghost/')).body).toContain('No Ghost site is followed')
  })

  it.each([
    ['', 'a-key-of-no-site', 'Please give the address of the site'],
    ['nowhere', '', 'Please give the address of the site'],
    [site.url, '', 'That is no Content API key.'],
    [site.url, 'a:b', 'That is no Admin API key.'],
    [site.url, `${'5a'.repeat(12)}:${'00'.repeat(32)}`, 'does not take this key'],
    ['http://10.0.0.1', `${'5a'.repeat(12)}:${'00'.repeat(32)}`, 'is not on the public internet'],
  ])('says what is wrong with %s and keeps nothing', async (...ways) => {
    const [address, key, sentence] = ways
    const answer = await post('/admin/ghost/', { address, key })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain(sentence)
    if (key) expect(answer.body).not.toContain(key)
    expect(await query('select 1 from ghost_sources')).toEqual([])
  })
})

describe('a Ghost site', () => {
  it('that is added is read at once, and its page says how that went', async () => {
    const url = await addSite()
    const { body } = await get(url)
    expect(body).toMatch(/Created<\/dt><dd>4</)
    expect(body).toContain('Up to date')
    expect(body).toContain('Files it names are missing: /content/images/gone.png.')
    const [{ id } = {}] = await query(`select id from posts where slug = 'letter-2'`)
    expect(body).toContain(`href="/admin/posts/${id}/"`)
    const secret = site.adminKey.split(':')[1] ?? ''
    expect(body).not.toContain(secret)
    expect(JSON.stringify(await query('select * from ghost_sources'))).not.toContain(secret)
    expect((await get('/admin/ghost/')).body).toContain(`href="${url}"`)
  }, 120_000)

  it('shows the address and the secret of its webhook, and they work', async () => {
    const { body } = await get('/admin/ghost/')
    const url = /href="(\/admin\/ghost\/[\da-f-]{36}\/)"/.exec(body)?.[1] ?? ''
    const page = (await get(url)).body
    const [, address = ''] = /id="webhook-url" value="([^"]+)"/.exec(page) ?? []
    const [, secret = ''] = /id="webhook-secret" value="([^"]+)"/.exec(page) ?? []
    const payload = JSON.stringify({ event: 'site.changed' })
    const answer = await blog.app.inject({
      method: 'POST',
      url: new URL(address).pathname,
      headers: {
        'content-type': 'application/json',
        'x-ghost-signature': signDelivery(payload, { secret }),
      },
      payload,
    })
    expect(answer.statusCode).toBe(202)
    expect((await get(url)).body).toContain('The last one came')
    for (const name of ['Post published', 'Member deleted', 'Tag updated']) {
      expect(page).toContain(`<li>${name}</li>`)
    }
  })

  it('whose secret was kept under another SECRET_KEY gets a new one when it is added again', async () => {
    const [{ id, sealed_webhook_secret: before } = {}] = await query('select * from ghost_sources')
    await query(`update ghost_sources set sealed_webhook_secret = 'of another key'`)
    const { body, statusCode } = await get(`/admin/ghost/${id}/`)
    expect(statusCode).toBe(200)
    expect(body).toContain('The secret cannot be read any more.')
    const ping = { method: 'POST', url: `/ghost/webhooks/${id}`, payload: {} } as const
    expect((await blog.app.inject(ping)).statusCode).toBe(401)
    expect((await get(await addSite())).body).toContain('id="webhook-secret"')
    const [after] = await query('select * from ghost_sources')
    expect(after?.['sealed_webhook_secret']).not.toBe(before)
  })

  it('is read again, paused, followed again and removed, and what came from it stays', async () => {
    const url = await addSite()
    site.change('posts', String(site.tables['posts']?.[0]?.['id']), { title: 'Changed there' })
    expect((await post(`${url}sync`)).statusCode).toBe(303)
    const titles = () => query(`select title from posts where title = 'Changed there'`)
    await expect.poll(titles, { timeout: 60_000, interval: 200 }).toHaveLength(1)
    await waitForEnd(url)

    await post(`${url}pause`)
    expect((await get(url)).body).toContain('Follow again')
    await post(`${url}sync`)
    expect(
      await query(`select 1 from pgboss.job where name = 'blog.ghost-sync'
      and state in ('created', 'active')`),
    ).toEqual([])
    await post(`${url}pause`)
    expect((await get(url)).body).toContain('Pause</button>')
    await post(`${url}signature`)
    expect((await get(url)).body).toContain('Refuse old signatures')

    expect((await get(`${url}remove`)).body).toContain('Remove “pebble-and-tide”?')
    await post(`${url}remove`)
    expect(await query('select 1 from ghost_sources')).toEqual([])
    expect(await query('select 1 from posts')).toHaveLength(2)
    expect((await get(url)).statusCode).toBe(404)
  }, 120_000)

  it('that fails is shown with what to do, and the blog goes on', async () => {
    const url = await addSite()
    const [{ id } = {}] = await query('select id from ghost_sources')
    await connection.pool.query(
      `update ghost_sources set state = 'failed', error = 'It cannot be reached.',
       differences = '[{"kind":"post","sourceId":"x","what":"It is there and could not be read."}]'
       where id = $1`,
      [id],
    )
    const { body } = await get(url)
    expect(body).toContain('It cannot be reached.')
    expect(body).toContain('It is there and could not be read.')
    expect((await get('/letter-1/')).statusCode).toBe(200)
  }, 120_000)
})
