import { randomUUID } from 'node:crypto'
import { createTestApp } from '@rose-ash/testing/app'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startWorld, type World } from '../test-world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ clients: ['blog', 'market', 'cart'] })
})
afterAll(() => world[Symbol.asyncDispose]())

const newEmail = () => `${randomUUID()}@example.org`

describe('one sign-in for all apps', () => {
  test('who signs in at one app is known at the next page of every other, without a click', async () => {
    const visitor = world.visitor()
    const email = newEmail()
    const back = await world.signIn(visitor, { app: 'market', email, next: '/page?x=1' })
    expect(back.url.href).toBe(`${world.urls.market}/page?x=1`)
    expect(back.body).toContain(email)
    for (const app of ['blog', 'cart'] as const) {
      const visited = await visitor.open(`${world.urls[app]}/page`)
      expect(visited.body).toContain(email)
      expect(visited.path).toHaveLength(4)
      const again = await visitor.open(`${world.urls[app]}/page`)
      expect(again.path).toHaveLength(1)
    }
    expect((await visitor.open(`${world.urls.federation}/`)).url.href).toBe(
      `${world.urls.federation}/`,
    )
  })

  test('one browser has one device id at all apps, in cookies of their own', async () => {
    const visitor = world.visitor()
    await world.signIn(visitor, { app: 'market', email: newEmail() })
    await visitor.open(`${world.urls.blog}/page`)
    const at = (host: string) => visitor.cookies.find(`${host}.localhost`, 'device')
    expect(at('market')).toBeTruthy()
    expect(at('blog')).toBe(at('market'))
    expect(at('federation')).toBe(at('market'))
  })

  test('the session id is a fresh one, also when somebody had put one there', async () => {
    const visitor = world.visitor()
    visitor.cookies.set('market.localhost', 'session', 'put-there-by-somebody')
    await world.signIn(visitor, { app: 'market', email: newEmail() })
    const id = visitor.cookies.find('market.localhost', 'session')
    expect(id).toMatch(/^[\w-]{43}$/)
    expect(id).not.toBe('put-there-by-somebody')
  })

  test('tabs that open at once, of one app and of several, all know who it is', async () => {
    const visitor = world.visitor()
    const email = newEmail()
    await world.signIn(visitor, { app: 'market', email })
    const pages = ['blog', 'blog', 'blog', 'cart', 'cart'] as const
    const visited = await Promise.all(pages.map((app) => visitor.open(`${world.urls[app]}/page`)))
    for (const { body } of visited) expect(body).toContain(email)
  })

  test('a sign-in is told of once, however many apps it reaches', async () => {
    const visitor = world.visitor()
    await world.signIn(visitor, { app: 'market', email: newEmail() })
    await visitor.open(`${world.urls.blog}/page`)
    const device = visitor.cookies.find('market.localhost', 'device')?.split('.')[0]
    const { rows: told } = await world.connection.pool.query(
      `select payload from ap_activities where type = 'SignIn' and payload ->> 'deviceId' = $1`,
      [device],
    )
    expect(told).toEqual([
      { payload: { userId: expect.any(String), deviceId: device, app: 'market' } },
    ])
  })

  test('a page for members leads to the sign-in and back; anything else gets 401', async () => {
    const visitor = world.visitor()
    const email = newEmail()
    const page = await visitor.open(`${world.urls.market}/private?x=1`)
    expect(page.url.pathname).toMatch(/^\/sign-in\//)
    await visitor.submit(page.url.href, { email })
    const link = new URL(await world.linkIn(email))
    const form = { token: link.searchParams.get('token')! }
    const back = await visitor.submit(link.origin + link.pathname, form)
    expect(back.url.href).toBe(`${world.urls.market}/private?x=1`)

    const stranger = world.visitor()
    const json = { headers: { accept: 'application/json' } }
    expect((await stranger.open(`${world.urls.market}/private`, json)).status).toBe(401)
    expect((await stranger.submit(`${world.urls.market}/private`, {})).status).toBe(401)
    expect((await visitor.open(`${world.urls.market}/editors`)).status).toBe(403)
  })

  test('who is signed in already is led straight on', async () => {
    const visitor = world.visitor()
    await world.signIn(visitor, { app: 'market', email: newEmail() })
    const visited = await visitor.open(`${world.urls.market}/auth/login?next=/page`)
    expect(visited.path).toHaveLength(2)
    expect(visited.url.pathname).toBe('/page')
  })

  test('a sign-in link without a target leads back to the page it stands on', async () => {
    const visitor = world.visitor()
    const email = newEmail()
    const page = await visitor.open(`${world.urls.market}/auth/login`, {
      headers: { referer: `${world.urls.market}/page?x=2` },
    })
    await visitor.submit(page.url.href, { email })
    const link = new URL(await world.linkIn(email))
    const form = { token: link.searchParams.get('token')! }
    const back = await visitor.submit(link.origin + link.pathname, form)
    expect(back.url.href).toBe(`${world.urls.market}/page?x=2`)
  })
})

describe('sessions last', () => {
  const restart = (app: 'market' | 'blog') =>
    createTestApp({
      app,
      create: world.createClient,
      connection: world.connection,
      config: world.config,
    })

  test('a restart of the app, with an empty cache, signs nobody out', async () => {
    const visitor = world.visitor()
    const email = newEmail()
    await world.signIn(visitor, { app: 'market', email })
    const session = visitor.cookies.find('market.localhost', 'session')!
    await using restarted = await restart('market')
    const answer = await restarted.app.inject({ url: '/page', cookies: { session } })
    expect(answer.body).toContain(email)
  })

  test.each(['forged', 'expired', 'of another app', 'signed out'])(
    'a session cookie that is %s counts for nothing',
    async (what) => {
      const visitor = world.visitor()
      await world.signIn(visitor, { app: 'market', email: newEmail() })
      let session = visitor.cookies.find('market.localhost', 'session')!
      if (what === 'forged') session = `${session.slice(0, -2)}xx`
      if (what === 'signed out') await visitor.submit(`${world.urls.market}/auth/logout`, {})
      if (what === 'expired') {
        const device = visitor.cookies.find('market.localhost', 'device')!.split('.')[0]
        await world.connection.pool.query(
          `update sessions set expires_at = now() - interval '1 second' where device_id = $1`,
          [device],
        )
      }
      await using app = await restart(what === 'of another app' ? 'blog' : 'market')
      const request = { method: 'POST', url: '/private', cookies: { session } } as const
      expect((await app.app.inject(request)).statusCode).toBe(401)
    },
  )
})
