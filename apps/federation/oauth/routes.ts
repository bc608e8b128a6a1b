import type { IncomingMessage } from 'node:http'
import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import type { AppConfig } from '@rose-ash/shared/infrastructure/config/schema'
import type { Identity } from '@rose-ash/shared/infrastructure/sessions/identity'
import { callbackPath } from '@rose-ash/shared/infrastructure/sign-on/client'
import {
  createHandshake,
  deviceParameter,
  type Handshake,
} from '@rose-ash/shared/infrastructure/sign-on/handshake'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Provider } from 'oidc-provider'
import { answerWith, type AskProvider, type ProviderAnswer } from './answer.ts'
import type { ProviderSource } from './provider-source.ts'

export interface OauthOptions {
  readonly config: AppConfig
  readonly source: ProviderSource
  readonly identity: Identity
  readonly page: PageRenderer
}

const urls = [
  '/oauth/*',
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
]

/** The authorization server: everything under /oauth, and discovery at both well-known places. */
export async function oauthRoutes(app: FastifyInstance, options: OauthOptions): Promise<void> {
  const { config, source, identity, page } = options
  const handshake = createHandshake(config.secretKey)
  const asks = new WeakMap<Provider, AskProvider>()

  // oidc-provider reads bodies itself.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const provider = await source.get()
    const ask = asks.get(provider) ?? answerWith(provider)
    asks.set(provider, ask)
    const lookedAt = Date.now()
    const isVisit = request.method === 'GET' && request.url.startsWith('/oauth/authorize')
    const device = isVisit ? identity.ensureVisitor(request, reply) : undefined
    if (device) source.rememberDevice(request.raw, device.deviceId)

    comeFromIssuer(request.raw, config.publicUrls.federation)
    const given = await ask(request.raw, reply.raw)
    takeOverHeaders(reply)
    if (given.isNobodysSession) forgetSession(reply, provider.cookieName('session'))
    if (given.status === 404 && !given.body) throw new NotFoundError('There is no such address.')
    if (given.problem) return showProblem({ request, reply, page }, given)
    if (device && given.to) {
      await addDevice(reply, { config, handshake, to: given.to, device: { ...device, lookedAt } })
    }
    const isRedirect = given.status >= 300 && given.status < 400
    // Its own body for a redirect repeats the address, code and all.
    return reply.status(given.status).send(isRedirect ? '' : given.body)
  }

  for (const url of urls) {
    app.route({
      method: ['GET', 'POST', 'OPTIONS'],
      url,
      // Our six apps redeem their codes from few addresses; every client has to prove who it is.
      config: { handshake: 'never', rateLimit: false },
      handler: answer,
    })
  }
}

/** oidc-provider makes addresses from the request's host, which a caller could choose. */
function comeFromIssuer({ headers }: IncomingMessage, issuer: string): void {
  const { host, protocol } = new URL(issuer)
  headers.host = host
  headers['x-forwarded-proto'] = protocol.slice(0, -1)
  delete headers['x-forwarded-host']
}

function takeOverHeaders(reply: FastifyReply): void {
  for (const name of reply.raw.getHeaderNames()) {
    const value = reply.raw.getHeader(name)
    reply.raw.removeHeader(name)
    if (value !== undefined && name !== 'content-length') void reply.header(name, value)
  }
}

/** A stranger's browser keeps no session id, so that asking who it is leaves nothing behind. */
function forgetSession(reply: FastifyReply, name: string): void {
  const all = [reply.getHeader('set-cookie') ?? []].flat().map(String)
  const others = all.filter(
    (line) => !line.startsWith(`${name}=`) && !line.startsWith(`${name}.sig=`),
  )
  const isSet = others.length < all.length
  void reply.removeHeader('set-cookie')
  for (const line of others) void reply.header('set-cookie', line)
  if (!isSet) return
  for (const cookie of [name, `${name}.sig`]) {
    void reply.clearCookie(cookie, { path: '/', secure: name.startsWith('__') })
  }
}

/** Tells one of our own apps which device this is, whatever else the answer is. */
async function addDevice(
  reply: FastifyReply,
  {
    config,
    handshake,
    to,
    device,
  }: {
    readonly config: AppConfig
    readonly handshake: Handshake
    readonly to: NonNullable<ProviderAnswer['to']>
    readonly device: { readonly deviceId: string; readonly lookedAt: number }
  },
): Promise<void> {
  const location = URL.parse(String(reply.getHeader('location') ?? ''))
  if (!location) return
  if (location.origin + location.pathname !== config.publicUrls[to.app] + callbackPath) return
  location.searchParams.set(deviceParameter, await handshake.seal(device, to))
  void reply.header('location', location.href)
}

async function showProblem(
  {
    request,
    reply,
    page,
  }: {
    readonly request: FastifyRequest
    readonly reply: FastifyReply
    readonly page: PageRenderer
  },
  { status, problem }: ProviderAnswer,
): Promise<FastifyReply> {
  if (!(request.headers.accept ?? '').includes('text/html')) {
    return reply.status(status).type('application/json').send(problem)
  }
  return page(request, reply, {
    template: 'pages/sign-in-problem',
    title: 'This sign-in cannot go on',
    isPrivate: true,
    status,
    data: { isServerError: status >= 500, requestId: request.id },
  })
}
