import { randomUUID } from 'node:crypto'
import type { Visitor } from '@rose-ash/testing/visitor'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parametersOf, registerParty, type RelyingParty } from '../test-relying-party.ts'
import { startWorld, type World } from '../test-world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ clients: ['blog'] })
})
afterAll(() => world[Symbol.asyncDispose]())

async function member(): Promise<{ visitor: Visitor; email: string; userId: string }> {
  const visitor = world.visitor()
  const email = `${randomUUID()}@example.org`
  await world.signIn(visitor, { app: 'blog', email })
  const { account } = world.app('federation').dependencies.services
  return { visitor, email, userId: (await account.findUserByEmail(email))!.id }
}

const clientApps = () => world.app('federation').dependencies.services.clientApps

describe('an app of somebody else', () => {
  test('is let in once, is told what the member agreed to, and no more', async () => {
    const { visitor, email } = await member()
    const party = await registerParty(world)
    const asked = await visitor.open(party.authorizationUrl({ scope: 'openid email' }))
    expect(asked.status).toBe(200)
    expect(asked.body).toContain('Let A reading list in?')
    expect(asked.body).toContain('see your email address')
    expect(asked.body).not.toContain('see your name')
    expect(asked.body).toContain('reading.example')
    const policy = String(asked.headers['content-security-policy'])
    expect(policy).toContain("form-action 'self' https://reading.example")
    expect(policy).toContain("frame-ancestors 'none'")

    const answer = await party.authorize(visitor, { scope: 'openid email' })
    expect(answer.get('state')).toBe('a state')
    expect(answer.get('device')).toBeNull()
    const { body } = await party.redeem(answer.get('code')!)
    expect(body).not.toHaveProperty('refresh_token')
    const { payload } = await party.verify(String(body['id_token']))
    expect(payload).toMatchObject({ nonce: 'a nonce' })
    expect(payload).not.toHaveProperty('login_id')
    const info = await party.userinfo(String(body['access_token']))
    expect(info.body).toEqual({ sub: payload.sub, email, email_verified: true })

    const again = await visitor.open(party.authorizationUrl({ prompt: 'none' }), { follows: false })
    expect(parametersOf(again).get('code')).toBeTruthy()
  })

  test('that is refused is told so', async () => {
    const { visitor } = await member()
    const party = await registerParty(world)
    const asked = await visitor.open(party.authorizationUrl())
    const until = (url: URL) => url.href.startsWith(party.redirectUri)
    const refused = await visitor.submit(asked.url.href, { answer: 'no' }, { until })
    expect(parametersOf(refused).get('error')).toBe('access_denied')
    const nothing = await visitor.submit(asked.url.href, { answer: 'yes' })
    expect(nothing.status).toBe(410)
  })

  test('in another browser nobody can agree for somebody', async () => {
    const { visitor } = await member()
    const party = await registerParty(world)
    const asked = await visitor.open(party.authorizationUrl())
    const stranger = world.visitor()
    const tried = await stranger.submit(asked.url.href, { answer: 'yes' })
    expect(tried.status).toBe(410)
  })

  test('knows the browser’s sign-in only as long as it lasts, unless it may stay', async () => {
    const { visitor } = await member()
    const [passing, staying] = await Promise.all([
      registerParty(world),
      registerParty(world, { mayStay: true }),
    ])
    const first = await redeemed(passing, visitor)
    const second = await redeemed(staying, visitor)
    await visitor.submit(`${world.urls.blog}/auth/logout`, {}, { follows: false })
    expect((await passing.userinfo(first)).status).toBe(401)
    expect((await staying.userinfo(second)).status).toBe(200)
  })

  test('that is taken back is out at once, and asks again', async () => {
    const { visitor, userId } = await member()
    const party = await registerParty(world, { mayStay: true })
    const answer = await party.authorize(visitor)
    const { body } = await party.redeem(answer.get('code')!)
    expect(await clientApps().listLetIn(userId)).toMatchObject([
      { clientId: party.id, name: 'A reading list', scopes: ['openid'] },
    ])
    await clientApps().takeBack(userId, party.id)
    expect(await clientApps().listLetIn(userId)).toEqual([])
    expect((await party.userinfo(String(body['access_token']))).status).toBe(401)
    const refreshed = await party.token({
      grant_type: 'refresh_token',
      refresh_token: String(body['refresh_token']),
    })
    expect(refreshed).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    const asked = await visitor.open(party.authorizationUrl())
    expect(asked.url.pathname).toMatch(/^\/consent\//)
  })

  test('that was removed cannot go on', async () => {
    const { visitor } = await member()
    const party = await registerParty(world)
    const token = await redeemed(party, visitor)
    await world.connection.pool.query('delete from client_apps where id = $1', [party.id])
    expect((await party.userinfo(token)).status).toBe(401)
    const opened = await visitor.open(party.authorizationUrl())
    expect(opened.status).toBe(400)
  })

  test('may send a form, and may have the answer sent as one', async () => {
    const { visitor } = await member()
    const party = await registerParty(world)
    const { search, origin, pathname } = new URL(
      party.authorizationUrl({ response_mode: 'form_post' }),
    )
    const posted = await visitor.submit(
      origin + pathname,
      Object.fromEntries(new URLSearchParams(search)),
      { headers: { 'sec-fetch-site': 'cross-site', origin: 'https://reading.example' } },
    )
    expect(posted.body).toContain('Let A reading list in?')
    const formed = await visitor.submit(posted.url.href, { answer: 'yes' })
    expect(formed.body).toContain('action="https://reading.example/callback"')
    expect(formed.headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'sha256-[^']+'; form-action https:\/\/reading\.example;/,
    )
  })

  test('asks which account, and gets the one that is kept', async () => {
    const { visitor, email } = await member()
    const party = await registerParty(world)
    const asked = await visitor.open(party.authorizationUrl({ prompt: 'select_account' }))
    expect(asked.body).toContain('Choose an account')
    expect(asked.body).toContain(email)
    const kept = await visitor.submit(`${asked.url.origin}${asked.url.pathname}/keep`, {})
    expect(kept.url.pathname).toMatch(/^\/consent\//)
  })
})

async function redeemed(party: RelyingParty, visitor: Visitor): Promise<string> {
  const answer = await party.authorize(visitor)
  const { body } = await party.redeem(answer.get('code')!)
  return String(body['access_token'])
}

describe('refresh tokens', () => {
  async function staying() {
    const { visitor } = await member()
    const party = await registerParty(world, { mayStay: true })
    const answer = await party.authorize(visitor)
    const { body } = await party.redeem(answer.get('code')!)
    const refresh = (token: unknown) =>
      party.token({ grant_type: 'refresh_token', refresh_token: String(token) })
    return { party, body, refresh }
  }

  test('rotate: each gives the next, and is good once', async () => {
    const { party, body, refresh } = await staying()
    const next = await refresh(body['refresh_token'])
    expect(next.status).toBe(200)
    expect(next.body['refresh_token']).not.toBe(body['refresh_token'])
    expect((await party.userinfo(String(next.body['access_token']))).status).toBe(200)
    expect((await refresh(next.body['refresh_token'])).status).toBe(200)
  })

  test('of eight who redeem one at once exactly one wins and goes on, in each of twenty rounds', async () => {
    const { body, refresh } = await staying()
    let current = body['refresh_token']
    for (let round = 0; round < 20; round += 1) {
      const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(current)))
      const won = answers.filter(({ status }) => status === 200)
      expect(won).toHaveLength(1)
      const lost = answers.filter(({ body: { error } }) => error === 'invalid_grant')
      expect(lost).toHaveLength(7)
      current = won[0]!.body['refresh_token']
    }
  }, 60_000)

  test('one that is shown again later has leaked: everything that came of it is dead', async () => {
    const { party, body, refresh } = await staying()
    const next = await refresh(body['refresh_token'])
    await world.connection.pool.query(
      `update oidc_payloads set consumed_at = now() - interval '11 seconds' where consumed_at is not null`,
    )
    expect(await refresh(body['refresh_token'])).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    })
    expect((await refresh(next.body['refresh_token'])).status).toBe(400)
    expect((await party.userinfo(String(next.body['access_token']))).status).toBe(401)
  })

  test('are for the app they were made for', async () => {
    const { body } = await staying()
    const other = await registerParty(world, { mayStay: true })
    const stolen = await other.token({
      grant_type: 'refresh_token',
      refresh_token: String(body['refresh_token']),
    })
    expect(stolen).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  })
})
