import { randomUUID } from 'node:crypto'
import type { Visitor } from '@rose-ash/testing/visitor'
import * as oauth from 'oauth4webapi'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parametersOf, registerParty, type RelyingParty } from '../test-relying-party.ts'
import { startWorld, type World } from '../test-world.ts'

/**
 * What the OpenID profiles Basic OP and Config OP ask of a server, restated. Each test is named after
 * the requirement: Core is OpenID Connect Core 1.0, Discovery is OpenID Connect Discovery 1.0.
 */
let world: World
let party: RelyingParty
let visitor: Visitor
let email: string
beforeAll(async () => {
  world = await startWorld({ clients: ['blog'] })
  party = await registerParty(world, { mayStay: true })
  visitor = world.visitor()
  email = `${randomUUID()}@example.org`
  await world.signIn(visitor, { app: 'blog', email })
})
afterAll(() => world[Symbol.asyncDispose]())

const inside = () => world.config.internalUrls.federation
const notFollowed = { follows: false } as const

async function tokensOf(changes: Record<string, string> = {}, who = visitor) {
  const answer = await party.authorize(who, changes)
  const { body, status, headers } = await party.redeem(answer.get('code')!)
  expect(status).toBe(200)
  return { body, headers, ...(await party.verify(String(body['id_token']))) }
}

const errorOf = async (changes: Record<string, string | undefined>, who = visitor) =>
  parametersOf(await who.open(party.authorizationUrl(changes), notFollowed)).get('error')

describe('Config OP', () => {
  test('Discovery 4.3: the issuer is the address it was asked at, and a client library agrees', async () => {
    const issuer = new URL(world.urls.federation)
    const response = await fetch(`${inside()}/.well-known/openid-configuration`)
    const server = await oauth.processDiscoveryResponse(issuer, response)
    expect(server.issuer).toBe(world.urls.federation)
  })

  test('Discovery 3: everything that must be there is, and every address answers', async () => {
    const response = await fetch(`${inside()}/.well-known/openid-configuration`)
    const metadata = (await response.json()) as Record<string, string>
    expect(metadata).toMatchObject({
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: expect.arrayContaining(['ES256']),
      scopes_supported: expect.arrayContaining(['openid', 'profile', 'email', 'offline_access']),
      claims_supported: expect.arrayContaining(['sub', 'name', 'email', 'auth_time']),
      grant_types_supported: expect.arrayContaining([
        'authorization_code',
        'refresh_token',
        'urn:ietf:params:oauth:grant-type:device_code',
      ]),
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'none'],
      code_challenge_methods_supported: ['S256'],
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
      authorization_response_iss_parameter_supported: true,
    })
    for (const name of [
      'authorization_endpoint',
      'token_endpoint',
      'userinfo_endpoint',
      'jwks_uri',
      'end_session_endpoint',
      'introspection_endpoint',
      'revocation_endpoint',
      'pushed_authorization_request_endpoint',
      'device_authorization_endpoint',
    ]) {
      const url = new URL(metadata[name]!)
      expect(url.origin).toBe(world.urls.federation)
      expect((await fetch(inside() + url.pathname, { method: 'OPTIONS' })).status).toBeLessThan(500)
    }
  })

  test('Core 10.1: keys have ids, say what they are for, and are public', async () => {
    const { keys } = (await (await fetch(`${inside()}/oauth/jwks`)).json()) as {
      keys: Record<string, string>[]
    }
    for (const key of keys) {
      expect(key).toMatchObject({ kid: expect.any(String), use: 'sig', alg: 'ES256' })
      expect(key).not.toHaveProperty('d')
    }
  })
})

describe('Basic OP', () => {
  test('Core 2: an ID token says who, for whom, by whom, when and until when', async () => {
    const { payload, kid } = await tokensOf()
    const now = Date.now() / 1000
    expect(kid).toEqual(expect.any(String))
    expect(payload).toMatchObject({ iss: world.urls.federation, aud: party.id })
    expect(String(payload.sub).length).toBeLessThanOrEqual(255)
    expect(payload.exp).toBeGreaterThan(now)
    expect(Math.abs(Number(payload.iat) - now)).toBeLessThan(30)
  })

  test('Core 3.1.2.1: the nonce comes back as it was sent, and need not be there', async () => {
    expect((await tokensOf({ nonce: 'n-0S6_WzA2Mj' })).payload['nonce']).toBe('n-0S6_WzA2Mj')
    const answer = await party.authorize(visitor, { nonce: undefined })
    const { body } = await party.redeem(answer.get('code')!)
    const { payload } = await party.verify(String(body['id_token']))
    expect(payload).not.toHaveProperty('nonce')
  })

  test('Core 3.1.2.2: a request without a response type, or with one that is not offered, is refused', async () => {
    expect(await errorOf({ response_type: undefined })).toBe('invalid_request')
    const url = party.authorizationUrl({ response_type: 'code token' })
    const { location } = await visitor.open(url, notFollowed)
    expect(location).toContain('#error=unsupported_response_type')
  })

  test('Core 3.1.2.1: prompt=none gives a code or an error, and never a page', async () => {
    expect(await errorOf({ prompt: 'none' })).toBeNull()
    expect(await errorOf({ prompt: 'none' }, world.visitor())).toBe('login_required')
    const other = await registerParty(world)
    const url = other.authorizationUrl({ prompt: 'none', scope: 'openid email' })
    const answer = parametersOf(await visitor.open(url, notFollowed))
    expect(answer.get('error')).toBe('consent_required')
    expect(await errorOf({ prompt: 'none login' })).toBe('invalid_request')
  })

  test('Core 3.1.2.1: prompt=login asks even those who are signed in', async () => {
    const asked = await visitor.open(party.authorizationUrl({ prompt: 'login' }))
    expect(asked.body).toContain('Please show that it is you')
    expect(asked.body).toContain(email)
  })

  test('Core 3.1.2.1: max_age makes those sign in again who did so too long ago, and tells when', async () => {
    const { payload } = await tokensOf({ max_age: '10000' })
    expect(Math.abs(Number(payload['auth_time']) - Date.now() / 1000)).toBeLessThan(120)
    await world.connection.pool.query(
      `update oidc_payloads set payload = jsonb_set(payload, '{loginTs}', to_jsonb((payload ->> 'loginTs')::int - 100)) where type = 'Session'`,
    )
    expect(await errorOf({ prompt: 'none', max_age: '50' })).toBe('login_required')
    expect(await errorOf({ prompt: 'none', max_age: '10000' })).toBeNull()
  })

  test('Core 3.1.2.1: id_token_hint is about the same person, or nobody', async () => {
    const { body } = await tokensOf()
    const hint = String(body['id_token'])
    expect(await errorOf({ prompt: 'none', id_token_hint: hint })).toBeNull()
    const other = world.visitor()
    await world.signIn(other, { app: 'blog', email: `${randomUUID()}@example.org` })
    expect(await errorOf({ prompt: 'none', id_token_hint: hint }, other)).toBe('login_required')
  })

  test('Core 3.1.2.1: login_hint fills the address, and unknown parameters are ignored', async () => {
    const url = party.authorizationUrl({
      login_hint: 'me@example.org',
      ui_locales: 'se',
      claims_locales: 'se',
      display: 'page',
      acr_values: '1 2',
      extra: 'foobar',
    })
    const asked = await world.visitor().open(url)
    expect(asked.status).toBe(200)
    expect(asked.body).toContain('value="me@example.org"')
  })

  test('Core 5.3: userinfo by GET and by POST, with the same subject as the ID token', async () => {
    const { body, payload } = await tokensOf({ scope: 'openid profile email' })
    const token = String(body['access_token'])
    const asked = await party.userinfo(token)
    expect(asked.body).toMatchObject({ sub: payload.sub, email, name: expect.any(String) })
    expect(payload).not.toHaveProperty('email')
    const post = await fetch(`${inside()}/oauth/userinfo`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    })
    expect(await post.json()).toEqual(asked.body)
    const inBody = await fetch(`${inside()}/oauth/userinfo`, {
      method: 'POST',
      body: new URLSearchParams({ access_token: token }),
    })
    expect(await inBody.json()).toEqual(asked.body)
  })

  test('RFC 6750 3.1: userinfo without a good token says so in its header', async () => {
    const refused = await party.userinfo('made-up')
    expect(refused.status).toBe(401)
    expect(refused.headers.get('www-authenticate')).toContain('invalid_token')
  })

  test('Core 3.1.3.3: tokens are not to be kept by caches', async () => {
    const { headers } = await tokensOf()
    expect(headers.get('cache-control')).toBe('no-store')
  })

  test('Core 3.1.3.2: a client shows who it is, by the secret in its header', async () => {
    const answer = await party.authorize(visitor)
    const code = answer.get('code')!
    const parameters = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: party.redirectUri,
      code_verifier: party.codeVerifier,
    }
    const refused = await party.token(parameters, 'wrong')
    expect(refused).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
    expect(refused.headers.get('www-authenticate')).toContain('Basic')
    expect((await party.token(parameters)).status).toBe(200)
  })

  test('RFC 9126: a pushed request is good once, and stands for all parameters', async () => {
    const { searchParams } = new URL(party.authorizationUrl())
    const pushed = await party.post('/oauth/par', Object.fromEntries(searchParams))
    expect(pushed).toMatchObject({ status: 201, body: { expires_in: expect.any(Number) } })
    const url = `${world.urls.federation}/oauth/authorize?${new URLSearchParams({
      client_id: party.id,
      request_uri: String(pushed.body['request_uri']),
    })}`
    const first = parametersOf(await visitor.open(url, notFollowed))
    expect((await party.redeem(first.get('code')!)).status).toBe(200)
    const second = await visitor.open(url, notFollowed)
    expect(second.location ?? '').not.toContain('code=')
  })

  test('RFC 7662: a token is described to the app it was made for, and to no other', async () => {
    const { body, payload } = await tokensOf()
    const token = String(body['access_token'])
    expect((await party.post('/oauth/introspect', { token })).body).toMatchObject({
      active: true,
      sub: payload.sub,
      client_id: party.id,
    })
    const other = await registerParty(world)
    expect((await other.post('/oauth/introspect', { token })).body).toEqual({ active: false })
    expect((await party.post('/oauth/introspect', { token: 'x' })).body).toEqual({ active: false })
  })

  test('RFC 7009: a revoked refresh token takes the access tokens along; unknown ones are no error', async () => {
    const { body } = await tokensOf()
    const token = String(body['refresh_token'])
    expect((await party.post('/oauth/revoke', { token })).status).toBe(200)
    expect((await party.userinfo(String(body['access_token']))).status).toBe(401)
    const refreshed = await party.token({ grant_type: 'refresh_token', refresh_token: token })
    expect(refreshed.body['error']).toBe('invalid_grant')
    expect((await party.post('/oauth/revoke', { token: 'made-up' })).status).toBe(200)
  })

  test('RFC 9700 2.1: an app without a secret goes by PKCE, and only its own pages may ask', async () => {
    const spa = await registerParty(world, {
      kind: 'browser',
      redirectUris: 'https://page.example/callback',
    })
    const answer = await spa.authorize(visitor)
    const ask = (origin: string, method: string) =>
      fetch(`${inside()}/oauth/token`, {
        method,
        headers: { origin, 'sec-fetch-site': 'cross-site' },
        ...(method === 'POST'
          ? {
              body: new URLSearchParams({
                client_id: spa.id,
                grant_type: 'authorization_code',
                code: answer.get('code')!,
                redirect_uri: spa.redirectUri,
                code_verifier: spa.codeVerifier,
              }),
            }
          : {}),
      })
    const given = await ask('https://page.example', 'POST')
    expect(given.status).toBe(200)
    expect(given.headers.get('access-control-allow-origin')).toBe('https://page.example')
    const refused = await ask('https://elsewhere.example', 'POST')
    expect(refused.status).toBe(400)
    expect(refused.headers.get('access-control-allow-origin')).not.toBe('https://elsewhere.example')
  })

  test('RFC 8252 7: an app on a phone comes back by its own scheme or by loopback with any port', async () => {
    const native = await registerParty(world, {
      kind: 'native',
      redirectUris: 'com.example.reading:/callback\nhttp://127.0.0.1/callback',
    })
    const asked = await visitor.open(native.authorizationUrl())
    expect(String(asked.headers['content-security-policy'])).toContain('com.example.reading:')
    expect((await native.authorize(visitor)).get('code')).toBeTruthy()
    const loopback = { redirect_uri: 'http://127.0.0.1:53123/callback', prompt: 'none' }
    const stopped = await visitor.open(native.authorizationUrl(loopback), notFollowed)
    expect(stopped.location).toMatch(/^http:\/\/127\.0\.0\.1:53123\/callback\?/)
  })
})
