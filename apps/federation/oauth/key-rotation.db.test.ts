import { createHash, randomBytes } from 'node:crypto'
import { deriveKey } from '@rose-ash/shared/infrastructure/keys'
import { clientSecret } from '@rose-ash/shared/infrastructure/sign-on/client-secret'
import { createTestApp, type TestApp } from '@rose-ash/testing/app'
import type { Visitor } from '@rose-ash/testing/visitor'
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createFederationApp } from '../app.ts'
import { startWorld, type World } from '../test-world.ts'
import { rotateSigningKeys } from './keys/rotate.ts'

let world: World
/** A second process of the federation service. */
let other: TestApp
let member: Visitor
beforeEach(async () => {
  world = await startWorld({ clients: ['blog'] })
  const { connection, config } = world
  other = await createTestApp({
    app: 'federation',
    create: createFederationApp,
    connection,
    config,
  })
  member = world.visitor()
  await world.signIn(member, { app: 'blog', email: 'ada@example.org' })
})
afterEach(async () => {
  vi.restoreAllMocks()
  await other.close()
  await world[Symbol.asyncDispose]()
})

function rotate(force: 'retire' | 'revoke') {
  const { connection, config } = world
  return rotateSigningKeys({
    database: connection.database,
    encryptionKey: deriveKey(config.secretKey, 'oidc-keys'),
    log: world.app('federation').dependencies.log,
    force,
  })
}

/** As if a minute had gone by, for who measures it. */
function waitMinute(): void {
  const later = performance.now() + 60_000
  vi.restoreAllMocks()
  const ahead = later - performance.now()
  const { now } = performance
  vi.spyOn(performance, 'now').mockImplementation(() => now.call(performance) + ahead)
}

async function published(): Promise<JSONWebKeySet> {
  return (await other.app.inject({ url: '/oauth/jwks' })).json()
}

async function publishedKids(): Promise<readonly (string | undefined)[]> {
  return (await published()).keys.map(({ kid }) => kid)
}

const codeVerifier = randomBytes(32).toString('base64url')

async function askAgain(changes: Record<string, string> = {}): Promise<URLSearchParams> {
  const parameters = new URLSearchParams({
    client_id: 'blog',
    response_type: 'code',
    scope: 'openid',
    prompt: 'none',
    redirect_uri: `${world.urls.blog}/auth/callback`,
    code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...changes,
  })
  const url = `${world.urls.federation}/oauth/authorize?${parameters}`
  const { location } = await member.open(url, { follows: false })
  return new URL(location!).searchParams
}

/** An ID token that the other process signs. */
async function createIdToken(): Promise<string> {
  return redeem(await createCode())
}

async function createCode(): Promise<string> {
  return (await askAgain()).get('code')!
}

async function redeem(code: string): Promise<string> {
  const basic = Buffer.from(`blog:${clientSecret(world.config.secretKey, 'blog')}`)
  const response = await other.app.inject({
    method: 'POST',
    url: '/oauth/token',
    headers: {
      authorization: `Basic ${basic.toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: `${world.urls.blog}/auth/callback`,
      code_verifier: codeVerifier,
    }).toString(),
  })
  expect(response.statusCode).toBe(200)
  return response.json().id_token
}

const kidOf = (token: string) => decodeProtectedHeader(token).kid

test('another process signs with the new key within a minute, and old tokens still count', async () => {
  const before = await createIdToken()
  expect(await publishedKids()).toEqual([kidOf(before)])
  const { current, next } = await rotate('retire')
  expect(await publishedKids()).toEqual([kidOf(before)])

  waitMinute()
  const since = await createIdToken()
  expect(kidOf(since)).toBe(current)
  expect(await publishedKids()).toEqual([current, next, kidOf(before)])
  const keys = createLocalJWKSet(await published())
  for (const token of [before, since]) {
    expect((await jwtVerify(token, keys)).payload.aud).toBe('blog')
  }
  expect((await askAgain({ id_token_hint: before })).get('code')).toBeTruthy()
})

test('what a revoked key has signed counts no more', async () => {
  const before = await createIdToken()
  const { current } = await rotate('revoke')
  waitMinute()
  const since = await createIdToken()
  expect(kidOf(since)).toBe(current)
  const keys = createLocalJWKSet(await published())
  await expect(jwtVerify(before, keys)).rejects.toThrow('no applicable key found')
  expect((await jwtVerify(since, keys)).payload.aud).toBe('blog')
  expect((await askAgain({ id_token_hint: before })).get('error')).toBe('invalid_request')
})

test('a request under way finishes with the key that it began with', async () => {
  const [first] = await publishedKids()
  const code = await createCode()
  const { pool } = world.connection
  const client = await pool.connect()
  await client.query('begin; lock table oidc_payloads')
  const redeeming = redeem(code)
  const waiting = `select 1 from pg_locks where not granted and relation = 'oidc_payloads'::regclass`
  await vi.waitUntil(async () => (await pool.query(waiting)).rows.length > 0)

  const { current } = await rotate('retire')
  waitMinute()
  expect((await publishedKids())[0]).toBe(current)
  await client.query('rollback')
  client.release()
  expect(kidOf(await redeeming)).toBe(first)
})

test('while the keys cannot be read, the ones that are known go on', async () => {
  const kids = await publishedKids()
  await world.connection.pool.query('alter table oidc_keys rename to elsewhere')
  waitMinute()
  expect(await publishedKids()).toEqual(kids)
  await world.connection.pool.query('alter table elsewhere rename to oidc_keys')
  const { current } = await rotate('retire')
  expect(await publishedKids()).toEqual(kids)
  waitMinute()
  expect((await publishedKids())[0]).toBe(current)
})
