import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startWork } from '@rose-ash/shared/infrastructure/app/work'
import type { Visited } from '@rose-ash/testing/visitor'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createLogins } from '../services/logins.ts'
import { parametersOf, registerParty, type RelyingParty } from '../test-relying-party.ts'
import { startWorld, type World } from '../test-world.ts'
import { sendBackchannelLogout } from './logout.ts'
import { createProviderSource } from './provider-source.ts'

let world: World
let party: RelyingParty
beforeAll(async () => {
  world = await startWorld({ clients: ['blog', 'market'] })
  party = await registerParty(world)
})
afterAll(() => world[Symbol.asyncDispose]())

const xsrfOf = ({ body }: Visited) => /name="xsrf" value="([^"]+)"/.exec(body)?.[1] ?? ''
const endSession = (parameters: Record<string, string> = {}) =>
  `${world.urls.federation}/oauth/end-session?${new URLSearchParams(parameters)}`
const confirmUrl = () => `${world.urls.federation}/oauth/end-session/confirm`
const bye = 'https://reading.example/bye'
const untilBye = { until: (url: URL) => url.href.startsWith(bye) }

async function signedIn() {
  const visitor = world.visitor()
  await world.signIn(visitor, { app: 'blog', email: `${randomUUID()}@example.org` })
  const answer = await party.authorize(visitor)
  const { body } = await party.redeem(answer.get('code')!)
  return { visitor, idToken: String(body['id_token']) }
}

describe('signing out by way of an app (OpenID Connect RP-Initiated Logout 1.0)', () => {
  test('asks, signs out of everything, and goes back with the state', async () => {
    const { visitor, idToken } = await signedIn()
    const asked = await visitor.open(
      endSession({ id_token_hint: idToken, post_logout_redirect_uri: bye, state: 'xyz' }),
    )
    expect(asked.status).toBe(200)
    expect(asked.body).toContain('A reading list')
    expect((await visitor.open(`${world.urls.blog}/private`)).url.pathname).toBe('/private')
    const out = await visitor.submit(confirmUrl(), { xsrf: xsrfOf(asked), logout: 'yes' }, untilBye)
    expect(out.location?.startsWith(bye)).toBe(true)
    expect(parametersOf(out).get('state')).toBe('xyz')
    expect((await visitor.open(`${world.urls.blog}/page`)).body).toContain('a stranger')
    expect((await visitor.open(`${world.urls.market}/page`)).body).toContain('a stranger')
  })

  test('whoever says no stays signed in', async () => {
    const { visitor, idToken } = await signedIn()
    const asked = await visitor.open(
      endSession({ id_token_hint: idToken, post_logout_redirect_uri: bye }),
    )
    await visitor.submit(confirmUrl(), { xsrf: xsrfOf(asked) }, untilBye)
    expect((await visitor.open(`${world.urls.blog}/private`)).url.pathname).toBe('/private')
    expect((await visitor.open(`${world.urls.market}/private`)).url.pathname).toBe('/private')
  })

  test.each([
    ['an address that was not registered', { post_logout_redirect_uri: 'https://x.example/' }],
    ['an ID token of nobody', { id_token_hint: 'made-up', post_logout_redirect_uri: bye }],
  ])('%s leads nowhere', async (_what, changes) => {
    const { visitor, idToken } = await signedIn()
    const asked = await visitor.open(endSession({ id_token_hint: idToken, ...changes }))
    expect(asked.status).toBe(400)
    expect(asked.body).toContain('cannot go on')
    expect((await visitor.open(`${world.urls.blog}/private`)).url.pathname).toBe('/private')
  })

  test('an address without an app is not gone to', async () => {
    const { visitor } = await signedIn()
    const asked = await visitor.open(endSession({ post_logout_redirect_uri: bye }))
    const out = await visitor.submit(confirmUrl(), { xsrf: xsrfOf(asked), logout: 'yes' })
    expect(out.url.origin).toBe(world.urls.federation)
    expect(out.body).toContain('You are signed out')
  })

  test('a stranger is asked nothing and goes back at once', async () => {
    const { idToken } = await signedIn()
    const back = await world
      .visitor()
      .open(endSession({ id_token_hint: idToken, post_logout_redirect_uri: bye, state: 'xyz' }), {
        follows: false,
      })
    expect(back.location).toBe(`${bye}?state=xyz`)
    const nowhere = await world.visitor().open(endSession())
    expect(nowhere.body).toContain('You are signed out')
  })

  test('nobody can be signed out by a form of another site', async () => {
    const { visitor } = await signedIn()
    await visitor.open(endSession())
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://x.example' }
    expect((await visitor.submit(confirmUrl(), { logout: 'yes' }, { headers })).status).toBe(403)
    expect((await visitor.submit(confirmUrl(), { xsrf: 'made-up', logout: 'yes' })).status).toBe(
      400,
    )
    expect((await visitor.open(`${world.urls.blog}/private`)).url.pathname).toBe('/private')
  })
})

describe('telling apps of it (OpenID Connect Back-Channel Logout 1.0)', () => {
  test('an app with a cache of its own knows at once, whichever way the sign-in ended', async () => {
    await using apart = await startWorld({ clients: ['blog', 'market'], sharesCache: false })
    const federation = apart.app('federation')
    await using parts = new AsyncDisposableStack()
    parts.use(await startWork(federation, federation.dependencies))
    const visitor = apart.visitor()
    await apart.signIn(visitor, { app: 'blog', email: `${randomUUID()}@example.org` })
    await visitor.open(`${apart.urls.market}/page`)
    expect((await visitor.open(`${apart.urls.blog}/private`)).url.pathname).toBe('/private')
    const cookies = visitor.cookies.headerFor(new URL(apart.urls.blog))
    await visitor.submit(`${apart.urls.market}/auth/logout`, {}, { follows: false })
    const headers = { cookie: cookies, accept: 'application/json' }
    await vi.waitFor(async () => {
      const answer = await apart.app('blog').app.inject({ url: '/private', headers })
      expect(answer.statusCode).toBe(401)
    }, 15_000)
  }, 30_000)

  test('nobody has our server ask at an address inside, whatever name leads there', async () => {
    const asked: string[] = []
    const inside = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.end()
    }).listen(0, '127.0.0.1')
    await once(inside, 'listening')
    const { port } = inside.address() as AddressInfo
    const other = await registerParty(world)
    await world.connection.pool.query(
      'update client_apps set backchannel_logout_uri = $1 where id = $2',
      [`http://127.0.0.1:${port}/logout`, other.id],
    )
    const { config, connection, cache, services, log } = world.app('federation').dependencies
    const logins = createLogins({ database: connection.database, cache })
    const source = createProviderSource({ config, connection, cache, services, log, logins })
    const told = { clientId: other.id, userId: randomUUID(), sid: 'a sid' }
    await expect(sendBackchannelLogout(await source.get(), told)).rejects.toThrow()
    expect(asked).toEqual([])
    inside.close()
  })
})
