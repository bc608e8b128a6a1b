import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startWorld, type World } from '../test-world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ clients: ['blog', 'market', 'cart'] })
})
afterAll(() => world[Symbol.asyncDispose]())

const newEmail = () => `${randomUUID()}@example.org`

describe('signing out', () => {
  async function signedInEverywhere() {
    const visitor = world.visitor()
    const email = newEmail()
    await world.signIn(visitor, { app: 'market', email })
    for (const app of ['blog', 'cart'] as const) await visitor.open(`${world.urls[app]}/page`)
    return { visitor, email }
  }

  test('at one app is signing out at all, and nobody is signed in again by the next page', async () => {
    const { visitor } = await signedInEverywhere()
    const out = await visitor.submit(`${world.urls.cart}/auth/logout`, {})
    expect(out.path[1]).toBe(`${world.urls.blog}/`)
    expect(out.url.href).toBe(`${world.urls.blog}/`)
    expect(out.body).toContain('a stranger')
    for (const app of ['blog', 'market', 'cart'] as const) {
      expect((await visitor.open(`${world.urls[app]}/page`)).body).toContain('a stranger')
    }
    const member = await visitor.open(`${world.urls.market}/private`)
    expect(member.url.pathname).toMatch(/^\/sign-in\//)
  })

  test('leaves the other devices of the same member signed in', async () => {
    const { visitor, email } = await signedInEverywhere()
    const phone = world.visitor()
    await world.signIn(phone, { app: 'blog', email })
    await visitor.submit(`${world.urls.market}/auth/logout`, {})
    expect((await visitor.open(`${world.urls.blog}/page`)).body).toContain('a stranger')
    expect((await phone.open(`${world.urls.blog}/page`)).body).toContain(email)
    expect((await phone.open(`${world.urls.cart}/page`)).body).toContain(email)
  })

  test('takes the session, the grants and the tokens with it', async () => {
    const { visitor } = await signedInEverywhere()
    const device = visitor.cookies.find('market.localhost', 'device')!.split('.')[0]
    const { rows: found } = await world.connection.pool.query(
      'select id from logins where device_id = $1',
      [device],
    )
    const loginId = found[0].id
    const left = async () => {
      const { rows: counted } = await world.connection.pool.query(
        `select (select count(*)::int from sessions where login_id = $1) as sessions,
                (select count(*)::int from oidc_payloads where login_id = $1) as payloads`,
        [loginId],
      )
      return counted[0]
    }
    expect((await left()).sessions).toBe(3)
    await visitor.submit(`${world.urls.market}/auth/logout`, {})
    expect(await left()).toEqual({ sessions: 0, payloads: 0 })
  })

  test('from a page whose session is over signs this device out all the same', async () => {
    const { visitor } = await signedInEverywhere()
    visitor.cookies.forget('market.localhost', 'session')
    await visitor.submit(`${world.urls.market}/auth/logout`, {})
    expect((await visitor.open(`${world.urls.blog}/page`)).body).toContain('a stranger')
  })

  test('is a form of our own: no link and no other site can do it', async () => {
    const { visitor, email } = await signedInEverywhere()
    const url = `${world.urls.market}/auth/logout`
    expect((await visitor.open(url)).status).toBe(404)
    const forged = { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' }
    expect((await visitor.submit(url, {}, { headers: forged })).status).toBe(403)
    const sibling = { 'sec-fetch-site': 'same-site', origin: world.urls.blog }
    expect((await visitor.submit(url, {}, { headers: sibling })).status).toBe(403)
    expect((await visitor.open(`${world.urls.market}/page`)).body).toContain(email)
  })

  test('signing in as somebody else ends what was there before', async () => {
    const { visitor } = await signedInEverywhere()
    const other = newEmail()
    visitor.cookies.forget('blog.localhost')
    visitor.cookies.forget('federation.localhost', 'provider')
    const back = await world.signIn(visitor, { app: 'blog', email: other, next: '/page' })
    expect(back.body).toContain(other)
    expect((await visitor.open(`${world.urls.market}/page`)).body).toContain(other)
  })
})
