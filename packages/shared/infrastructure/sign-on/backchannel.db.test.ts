import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createSession } from '@rose-ash/testing/sign-in'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestShell, type TestShell } from '../app/test-shell.ts'

const issuer = 'http://federation.localhost'
const keys = await generateKeyPair('ES256')
const others = await generateKeyPair('ES256')

let connection: Awaited<ReturnType<typeof createTestDatabase>>
let app: TestShell
const key = { ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }
const jwks = createServer((_request, response) => {
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [key] }))
})

beforeAll(async () => {
  jwks.listen(0, '127.0.0.1')
  await once(jwks, 'listening')
  const inside = `http://127.0.0.1:${(jwks.address() as AddressInfo).port}`
  connection = await createTestDatabase()
  const url = (host: string) => `http://${host}.localhost`
  const hosts = ['blog', 'market', 'events', 'cart', 'account', 'federation'] as const
  const internal = Object.fromEntries(hosts.map((host) => [host, inside]))
  const outside = Object.fromEntries(hosts.map((host) => [host, url(host)]))
  app = await createTestShell({
    connection,
    routes: ({ app: routes }) =>
      void routes.get('/who', async ({ user }) => ({ email: user?.email ?? null })),
    config: { publicUrls: outside, internalUrls: internal } as never,
  })
})
afterAll(async () => {
  await app.close()
  await connection.close()
  jwks.close()
})

interface Changes {
  readonly claims?: Record<string, unknown>
  readonly typ?: string
  readonly audience?: string
  readonly issuedAt?: number
  readonly key?: CryptoKey
}

function logoutToken(sid: string, changes: Changes = {}): Promise<string> {
  const events = { 'http://schemas.openid.net/event/backchannel-logout': {} }
  return new SignJWT({ sid, events, jti: randomUUID(), sub: randomUUID(), ...changes.claims })
    .setProtectedHeader({ alg: 'ES256', kid: 'one', typ: changes.typ ?? 'logout+jwt' })
    .setIssuer(issuer)
    .setAudience(changes.audience ?? 'market')
    .setIssuedAt(changes.issuedAt ?? Math.floor(Date.now() / 1000))
    .sign(changes.key ?? keys.privateKey)
}

const send = (token: string) =>
  app.app.inject({
    method: 'POST',
    url: '/auth/backchannel',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ logout_token: token }).toString(),
  })

async function signedIn() {
  const { cookie, sid } = await createSession({ connection, app: 'market' })
  const isKnown = async () => {
    const answer = await app.app.inject({ url: '/who', headers: { cookie } })
    return answer.json().email !== null
  }
  expect(await isKnown()).toBe(true)
  return { sid, isKnown }
}

test('ends the session it names, and no other', async () => {
  const [one, other] = [await signedIn(), await signedIn()]
  const answer = await send(await logoutToken(one.sid))
  expect(answer.statusCode).toBe(200)
  expect(answer.headers['cache-control']).toBe('no-store')
  expect(await one.isKnown()).toBe(false)
  expect(await other.isKnown()).toBe(true)
})

test('is heard a second time without harm', async () => {
  const { sid, isKnown } = await signedIn()
  const token = await logoutToken(sid)
  expect((await send(token)).statusCode).toBe(200)
  expect((await send(token)).statusCode).toBe(200)
  expect(await isKnown()).toBe(false)
})

const hour = 3600
test.each<[string, Changes]>([
  ['signed by somebody else', { key: others.privateKey }],
  ['for another app', { audience: 'cart' }],
  ['that is an ID token', { typ: 'JWT' }],
  ['with a nonce', { claims: { nonce: 'a nonce' } }],
  ['without the event', { claims: { events: {} } }],
  ['without a session', { claims: { sid: undefined } }],
  ['of an hour ago', { issuedAt: Math.floor(Date.now() / 1000) - hour }],
])('a token %s is refused and ends nothing', async (_what, changes) => {
  const { sid, isKnown } = await signedIn()
  expect((await send(await logoutToken(sid, changes))).statusCode).toBe(400)
  expect(await isKnown()).toBe(true)
})

test('nonsense is refused in a sentence', async () => {
  expect((await send('nonsense')).statusCode).toBe(400)
  const empty = await app.app.inject({ method: 'POST', url: '/auth/backchannel' })
  expect(empty.statusCode).toBe(400)
})
