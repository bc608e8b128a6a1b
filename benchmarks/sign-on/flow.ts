import { createHash, randomBytes } from 'node:crypto'
import { Agent, type IncomingMessage, request as httpRequest } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Side } from './side.ts'

const codeVerifier = randomBytes(32).toString('base64url')
const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url')

/** Authorization code with PKCE (RFC 7636), a nonce and, for who must not be asked, `prompt=none`. */
export function authorizationUrl({ issuer, client }: Side, prompt?: 'none'): URL {
  const url = new URL('/oauth/authorize', issuer)
  url.search = new URLSearchParams({
    client_id: client.id,
    response_type: 'code',
    scope: 'openid',
    redirect_uri: client.redirectUri,
    state: randomBytes(16).toString('base64url'),
    nonce: randomBytes(16).toString('base64url'),
    code_challenge: codeChallenge,
    code_challenge_method: 'S256',
    ...(prompt ? { prompt } : {}),
  }).toString()
  return url
}

/** One browser that is signed in, and the app that redeems its codes, on one connection. */
export interface Pair extends Disposable {
  /** Asks who it is without a page. Throws unless that gives a code. */
  authorize(): Promise<string>
  /** Throws unless the code gives an ID token for the client. */
  redeem(code: string): Promise<void>
}

export function createPair(side: Side, cookie: string): Pair {
  const { client, issuer } = side
  const { hostname, port } = new URL(issuer)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const basic = Buffer.from(`${client.id}:${client.secret}`).toString('base64')
  const send = (asked: Asked) => exchange({ host: `${hostname}:${port}`, port, agent }, asked)
  return {
    async authorize() {
      const url = authorizationUrl(side, 'none')
      const headers = { ...visit, cookie }
      const answer = await send({ method: 'GET', path: url.pathname + url.search, headers })
      const location = URL.parse(answer.headers.location ?? '')
      const code = location?.searchParams.get('code')
      const state = location?.searchParams.get('state')
      if (code && state === url.searchParams.get('state')) return code
      throw new Error(`${side.title} gave no code: ${answer.status} ${location?.search ?? ''}`)
    },

    async redeem(code) {
      const form = new URLSearchParams({
        grant_type: 'authorization_code',
        code,
        redirect_uri: client.redirectUri,
        code_verifier: codeVerifier,
      })
      const headers = { 'content-type': formType, authorization: `Basic ${basic}` }
      const body = form.toString()
      const answer = await send({ method: 'POST', path: '/oauth/token', headers, body })
      if (answer.status === 200 && audienceOf(answer.body) === client.id) return
      throw new Error(`${side.title} gave no ID token: ${answer.status} ${answer.body}`)
    },
    [Symbol.dispose]: () => agent.destroy(),
  }
}

const formType = 'application/x-www-form-urlencoded'

/** As browsers ask for a page. */
const visit = {
  accept: 'text/html',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
  'sec-fetch-site': 'cross-site',
}

interface Asked {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

async function exchange(
  { host, port, agent }: { host: string; port: string; agent: Agent },
  { method, path, headers, body }: Asked,
): Promise<{ status: number; headers: IncomingMessage['headers']; body: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  httpRequest({
    host: '127.0.0.1',
    port,
    agent,
    method,
    path,
    headers: { host, ...headers, ...(body ? { 'content-length': String(body.length) } : {}) },
  })
    .once('response', resolve)
    .once('error', reject)
    .end(body)
  const response = await promise
  const received = await text(response)
  return { status: response.statusCode ?? 0, headers: response.headers, body: received }
}

function audienceOf(body: string): unknown {
  const { id_token: idToken = '' } = JSON.parse(body) as { id_token?: string }
  const claims = Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString()
  return claims && (JSON.parse(claims) as { aud?: unknown }).aud
}
