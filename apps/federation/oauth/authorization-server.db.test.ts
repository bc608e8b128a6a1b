import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { clientSecret } from '@rose-ash/shared/infrastructure/sign-on/client-secret'
import type { Visited, Visitor } from '@rose-ash/testing/visitor'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startWorld, type World } from '../test-world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ clients: ['blog', 'market'] })
})
afterAll(() => world[Symbol.asyncDispose]())

const codeVerifier = randomBytes(32).toString('base64url')
const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url')

function authorizationUrl(changes: Record<string, string | undefined> = {}): string {
  const url = new URL(`${world.urls.federation}/oauth/authorize`)
  const parameters = {
    client_id: 'blog',
    response_type: 'code',
    scope: 'openid',
    redirect_uri: `${world.urls.blog}/auth/callback`,
    state: 'some state',
    nonce: 'some nonce',
    code_challenge: codeChallenge,
    code_challenge_method: 'S256',
    ...changes,
  }
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, value)
  }
  return url.href
}

const notFollowed = { follows: false } as const

/** What the server adds to the redirect address. */
function answerOf(visited: Visited): URLSearchParams {
  return new URL(visited.location ?? '', visited.url).searchParams
}

async function signedIn(): Promise<Visitor> {
  const visitor = world.visitor()
  await world.signIn(visitor, { app: 'market', email: `${randomUUID()}@example.org` })
  return visitor
}

async function createCode(visitor: Visitor): Promise<string> {
  const code = answerOf(await visitor.open(authorizationUrl(), notFollowed)).get('code')
  if (!code) throw new Error('There was no code.')
  return code
}

async function redeem(code: string, changes: Record<string, string> = {}, secret?: string) {
  const basic = `blog:${secret ?? clientSecret(world.config.secretKey, 'blog')}`
  const response = await fetch(`${world.config.internalUrls.federation}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(basic).toString('base64')}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: `${world.urls.blog}/auth/callback`,
      code_verifier: codeVerifier,
      ...changes,
    }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, string> }
}

describe('discovery', () => {
  test.each(['openid-configuration', 'oauth-authorization-server'])(
    'the server is described at %s, whatever host it was asked by',
    async (name) => {
      const visitor = world.visitor()
      const { body } = await visitor.open(`${world.urls.federation}/.well-known/${name}`, {
        headers: { host: 'elsewhere.example', 'x-forwarded-host': 'elsewhere.example' },
      })
      expect(body).not.toContain('elsewhere.example')
      const issuer = world.urls.federation
      expect(JSON.parse(body)).toMatchObject({
        issuer,
        authorization_endpoint: `${issuer}/oauth/authorize`,
        token_endpoint: `${issuer}/oauth/token`,
        jwks_uri: `${issuer}/oauth/jwks`,
        code_challenge_methods_supported: ['S256'],
        authorization_response_iss_parameter_supported: true,
        response_types_supported: ['code'],
      })
    },
  )

  test('the key set holds public parts only', async () => {
    const response = await fetch(`${world.config.internalUrls.federation}/oauth/jwks`)
    const { keys } = (await response.json()) as { keys: Record<string, string>[] }
    expect(keys).toHaveLength(1)
    expect(keys[0]).toMatchObject({ kty: 'EC', crv: 'P-256', use: 'sig' })
    expect(keys[0]).not.toHaveProperty('d')
  })
})

describe('the authorization endpoint', () => {
  test.each([
    ['a suffix', (url: string) => `${url}/more`],
    ['a query', (url: string) => `${url}?more=1`],
    ['dots', (url: string) => url.replace('/auth/', '/auth/../auth/')],
    ['another host', () => 'https://elsewhere.example/auth/callback'],
    ['another app of ours', () => `${world.urls.market}/auth/callback`],
    ['user information', (url: string) => url.replace('http://', 'http://blog.localhost@')],
  ])('a redirect address with %s gets a page and no redirect', async (_what, change) => {
    const visitor = await signedIn()
    const redirect_uri = change(`${world.urls.blog}/auth/callback`)
    const visited = await visitor.open(authorizationUrl({ redirect_uri }), notFollowed)
    expect(visited.status).toBe(400)
    expect(visited.location).toBeUndefined()
    expect(visited.body).toContain('This sign-in cannot go on')
  })

  test('an unknown client gets a page and no redirect', async () => {
    const visited = await world.visitor().open(authorizationUrl({ client_id: 'x' }), notFollowed)
    expect(visited.status).toBe(400)
    expect(visited.location).toBeUndefined()
  })

  test.each([
    ['no challenge', { code_challenge: undefined, code_challenge_method: undefined }],
    ['a plain challenge', { code_challenge_method: 'plain' }],
    ['a challenge without its method', { code_challenge_method: undefined }],
  ])('%s is refused', async (_what, changes) => {
    const visitor = await signedIn()
    const visited = await visitor.open(authorizationUrl(changes), notFollowed)
    expect(answerOf(visited).get('error')).toBe('invalid_request')
    expect(answerOf(visited).get('code')).toBeNull()
  })

  test.each(['token', 'id_token', 'code id_token'])(
    'the response type %s is not offered',
    async (response_type) => {
      const visited = await world.visitor().open(authorizationUrl({ response_type }), notFollowed)
      expect(visited.location).not.toContain('access_token')
      expect(visited.location).not.toContain('code=')
    },
  )

  test('a stranger who must not be asked is told so, with iss and device, and leaves no row', async () => {
    const count = 'select count(*)::int as count from oidc_payloads'
    const before = await world.connection.pool.query(count)
    const visitor = world.visitor()
    const visited = await visitor.open(authorizationUrl({ prompt: 'none' }), notFollowed)
    const answer = answerOf(visited)
    expect(answer.get('error')).toBe('login_required')
    expect(answer.get('iss')).toBe(world.urls.federation)
    expect(answer.get('state')).toBe('some state')
    expect(answer.get('device')).toMatch(/^[\w-]{100,}$/)
    expect(visitor.cookies.names('federation.localhost')).toEqual(['device'])
    const after = await world.connection.pool.query(count)
    expect(after.rows).toEqual(before.rows)
  })

  test('a session id that somebody made up leaves no row and is taken back', async () => {
    const visitor = world.visitor()
    visitor.cookies.set('federation.localhost', 'provider', 'made-up')
    visitor.cookies.set('federation.localhost', 'provider.sig', 'made-up')
    const visited = await visitor.open(authorizationUrl({ prompt: 'none' }), notFollowed)
    expect(answerOf(visited).get('error')).toBe('login_required')
    const { rows } = await world.connection.pool.query(
      `select 1 from oidc_payloads where type = 'Session' and payload ->> 'accountId' is null`,
    )
    expect(rows).toEqual([])
  })

  test('a member of ours is asked for no consent', async () => {
    const visitor = await signedIn()
    const visited = await visitor.open(authorizationUrl({ prompt: 'none' }), notFollowed)
    expect(answerOf(visited).get('code')).toBeTruthy()
  })

  test('that a member is looked for a second time writes nothing', async () => {
    const visitor = await signedIn()
    const look = () => visitor.open(authorizationUrl({ prompt: 'none' }), notFollowed)
    await look()
    const read = `select type, id_hash, payload, xmin from oidc_payloads order by type, id_hash`
    const before = await world.connection.pool.query(read)
    expect(answerOf(await look()).get('code')).toBeTruthy()
    const after = await world.connection.pool.query(read)
    expect(after.rows).toEqual(before.rows)
  })

  test('cookies are for this host, unreadable for scripts, and not sent across sites', async () => {
    const visitor = world.visitor()
    const { headers } = await visitor.open(authorizationUrl(), notFollowed)
    const lines = [headers['set-cookie'] ?? []].flat()
    expect(lines.length).toBeGreaterThan(0)
    for (const line of lines) {
      expect(line).toMatch(/HttpOnly/i)
      expect(line).toMatch(/SameSite=Lax/i)
      expect(line).not.toMatch(/Domain=/i)
    }
  })

  test('an unknown address below /oauth is simply not there', async () => {
    const visited = await world.visitor().open(`${world.urls.federation}/oauth/nonsense`)
    expect(visited.status).toBe(404)
  })
})

describe('the token endpoint', () => {
  test('a code gives an ID token that is signed, for this client, and names the sign-in', async () => {
    const visitor = await signedIn()
    const { status, body } = await redeem(await createCode(visitor))
    expect(status).toBe(200)
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 900 })
    expect(body).not.toHaveProperty('refresh_token')
    const keys = createRemoteJWKSet(new URL(`${world.config.internalUrls.federation}/oauth/jwks`))
    const { payload, protectedHeader } = await jwtVerify(body['id_token']!, keys)
    expect(protectedHeader.alg).toBe('ES256')
    expect(payload).toMatchObject({
      iss: world.urls.federation,
      aud: 'blog',
      nonce: 'some nonce',
      login_id: expect.any(String),
    })
  })

  test('a code that is used again gives nothing, and what it gave before is dead', async () => {
    const visitor = await signedIn()
    const code = await createCode(visitor)
    const first = await redeem(code)
    expect(first.status).toBe(200)
    const userinfo = () =>
      fetch(`${world.config.internalUrls.federation}/oauth/userinfo`, {
        headers: { authorization: `Bearer ${first.body['access_token']}` },
      })
    expect((await userinfo()).status).toBe(200)
    const again = await redeem(code)
    expect(again).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    expect((await userinfo()).status).toBe(401)
    // The member is signed in as before, and the next code works.
    expect((await redeem(await createCode(visitor))).status).toBe(200)
  })

  test('of eight who redeem a code at once exactly one gets something, time after time', async () => {
    const visitor = await signedIn()
    for (let round = 0; round < 20; round += 1) {
      const code = await createCode(visitor)
      const answers = await Promise.all(Array.from({ length: 8 }, () => redeem(code)))
      const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b)
      expect(statuses).toEqual([200, 400, 400, 400, 400, 400, 400, 400])
    }
  }, 60_000)

  test.each([
    ['another verifier', { code_verifier: randomBytes(32).toString('base64url') }],
    ['no verifier', { code_verifier: '' }],
    ['another redirect address', { redirect_uri: 'https://elsewhere.example/' }],
  ])('%s is refused', async (_what, changes) => {
    const visitor = await signedIn()
    const { status } = await redeem(await createCode(visitor), changes)
    expect(status).toBe(400)
  })

  test('a code is for the client it was made for, and the client has to prove who it is', async () => {
    const visitor = await signedIn()
    expect((await redeem(await createCode(visitor), {}, 'wrong')).status).toBe(401)
    const market = clientSecret(world.config.secretKey, 'market')
    expect((await redeem(await createCode(visitor), {}, market)).status).toBe(401)
  })

  test('a code dies with the sign-in', async () => {
    const visitor = await signedIn()
    const code = await createCode(visitor)
    await visitor.submit(`${world.urls.market}/auth/logout`, {}, notFollowed)
    expect(await redeem(code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  })
})
