import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { ClientAppDraft, ClientAppKind } from '@rose-ash/shared/contracts/client-apps'
import type { Visited, Visitor } from '@rose-ash/testing/visitor'
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose'
import type { World } from './test-world.ts'

/** An app of somebody else, registered by a member, that speaks plain OAuth 2 over HTTP. */
export interface RelyingParty {
  readonly id: string
  readonly redirectUri: string
  readonly codeVerifier: string
  /** With changes: `undefined` leaves a parameter out. */
  authorizationUrl(changes?: Record<string, string | undefined>): string
  /** All the way through, letting it in when asked; the answer that the app would get. */
  authorize(
    visitor: Visitor,
    changes?: Record<string, string | undefined>,
  ): Promise<URLSearchParams>
  token(parameters: Record<string, string>, secret?: string | null): Promise<Answer>
  redeem(code: string, changes?: Record<string, string>): Promise<Answer>
  post(path: string, parameters: Record<string, string>): Promise<Answer>
  userinfo(accessToken: string): Promise<Answer>
  verify(idToken: string): Promise<{ payload: JWTPayload; kid: string | undefined }>
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Record<string, unknown>
}

export async function registerParty(
  world: World,
  options: Partial<ClientAppDraft> & { kind?: ClientAppKind } = {},
): Promise<RelyingParty> {
  const { services } = world.app('federation').dependencies
  const owner = await services.account.ensureUser(`${randomUUID()}@example.org`)
  const isDevice = options.kind === 'device'
  const registered = await services.clientApps.register(owner.id, {
    name: 'A reading list',
    kind: 'web',
    homepage: '',
    redirectUris: isDevice ? '' : 'https://reading.example/callback',
    postLogoutRedirectUris: isDevice ? '' : 'https://reading.example/bye',
    backchannelLogoutUri: '',
    mayStay: false,
    ...options,
  })
  if (registered.status === 'refused') throw new Error(JSON.stringify(registered.problems))
  return createParty(world, registered.app, registered.secret)
}

function createParty(
  world: World,
  app: { readonly id: string; readonly redirectUris: readonly string[] },
  ownSecret: string | null,
): RelyingParty {
  const { id } = app
  const redirectUri = app.redirectUris[0] ?? ''
  const codeVerifier = randomBytes(32).toString('base64url')
  const inside = world.config.internalUrls.federation
  const keys = createRemoteJWKSet(new URL(`${inside}/oauth/jwks`))

  async function send(path: string, parameters: Record<string, string>, secret = ownSecret) {
    const basic = Buffer.from(`${id}:${secret}`).toString('base64')
    const response = await fetch(inside + path, {
      method: 'POST',
      ...(secret ? { headers: { authorization: `Basic ${basic}` } } : {}),
      body: new URLSearchParams(secret ? parameters : { client_id: id, ...parameters }),
    })
    return answerOf(response)
  }

  const party: RelyingParty = {
    id,
    redirectUri,
    codeVerifier,
    authorizationUrl(changes = {}) {
      const url = new URL(`${world.urls.federation}/oauth/authorize`)
      const parameters = {
        client_id: id,
        response_type: 'code',
        scope: 'openid',
        redirect_uri: redirectUri,
        state: 'a state',
        nonce: 'a nonce',
        code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
        code_challenge_method: 'S256',
        ...changes,
      }
      for (const [name, value] of Object.entries(parameters)) {
        if (value !== undefined) url.searchParams.set(name, value)
      }
      return url.href
    },
    async authorize(visitor, changes) {
      const until = (url: URL) => url.href.startsWith(redirectUri)
      const opened = await visitor.open(party.authorizationUrl(changes), { until })
      const isAsked = opened.url.pathname.startsWith('/consent/')
      const ended = isAsked
        ? await visitor.submit(opened.url.href, { answer: 'yes' }, { until })
        : opened
      return parametersOf(ended)
    },
    token: (parameters, secret = ownSecret) => send('/oauth/token', parameters, secret),
    redeem: (code, changes = {}) =>
      send('/oauth/token', {
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier: codeVerifier,
        ...changes,
      }),
    post: (path, parameters) => send(path, parameters),
    async userinfo(accessToken) {
      const headers = { authorization: `Bearer ${accessToken}` }
      return answerOf(await fetch(`${inside}/oauth/userinfo`, { headers }))
    },
    async verify(idToken) {
      const expected = { issuer: world.urls.federation, audience: id }
      const { payload, protectedHeader } = await jwtVerify(idToken, keys, expected)
      return { payload, kid: protectedHeader.kid }
    },
  }
  return party
}

/** What is added to the address that the browser is led to. */
export function parametersOf(visited: Visited): URLSearchParams {
  if (!visited.location) throw new Error(`It stopped at ${visited.url.href}: ${visited.status}`)
  return new URL(visited.location, visited.url).searchParams
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  const body = (isJson ? JSON.parse(text) : { text }) as Record<string, unknown>
  return { status: response.status, headers: response.headers, body }
}
