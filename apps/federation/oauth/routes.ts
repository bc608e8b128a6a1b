import type { IncomingMessage } from 'node:http'
import { InvalidInputError, NotFoundError } from '@rose-ash/shared/contracts/errors'
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
import { browserName } from '../services/browser-name.ts'
import { forgetSession, sendAsIs, takeOverHeaders } from './answer-headers.ts'
import { answerWith, type AskProvider, type ProviderAnswer } from './answer.ts'
import type { ProviderSource } from './provider-source.ts'
import { sendFormPost, showPage } from './show-page.ts'

export interface OauthOptions {
  readonly config: AppConfig
  readonly source: ProviderSource
  readonly identity: Identity
  readonly page: PageRenderer
}

/** For programs: each checks by itself who asks, by a client's secret or a token. */
const machineUrls = [
  '/oauth/token',
  '/oauth/introspect',
  '/oauth/revoke',
  '/oauth/userinfo',
  '/oauth/par',
  '/oauth/device',
  '/oauth/jwks',
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
]
const deviceUrl = '/oauth/device/code'
const authorizeUrl = '/oauth/authorize'

/** The authorization server: everything under /oauth, and discovery at both well-known places. */
export async function oauthRoutes(app: FastifyInstance, options: OauthOptions): Promise<void> {
  const { config, source, identity, page } = options
  const handshake = createHandshake(config.secretKey)
  const asks = new WeakMap<Provider, AskProvider>()
  const comeFromIssuer = createIssuerHost(config.publicUrls.federation)

  // oidc-provider reads bodies itself.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const provider = await source.get()
    const ask = asks.get(provider) ?? answerWith(provider)
    asks.set(provider, ask)
    const lookedAt = Date.now()
    const device = isVisit(request) ? identity.ensureVisitor(request, reply) : undefined
    if (device) {
      const browser = browserName(request.headers['user-agent'])
      source.rememberDevice(request.raw, { ...device, browser, address: request.ip })
    }

    const typedCode = takeUserCode(request.raw)
    comeFromIssuer(request.raw)
    const given = await ask(request.raw, reply.raw)
    const isNowhere = given.status === 404 && !given.body && !given.page
    const { isForMachines = false } = request.routeOptions.config
    if (isForMachines && !given.page && !isNowhere) return sendAsIs(reply, given)
    takeOverHeaders(reply)
    if (given.isNobodysSession) forgetSession(reply, provider.cookieName('session'))
    if (isNowhere) throw new NotFoundError('There is no such address.')
    if (given.page) return showPage({ request, reply, page, typedCode }, given, given.page)
    if (given.isFormPost) return sendFormPost(reply, String(given.body))
    if (device && given.to) {
      addDevice(reply, { config, handshake, to: given.to, device: { ...device, lookedAt } })
    }
    const isRedirect = given.status >= 300 && given.status < 400
    // Its own body for a redirect repeats the address, code and all.
    return reply.status(given.status).send(isRedirect ? '' : given.body)
  }

  for (const url of machineUrls) {
    app.route({
      method: ['GET', 'POST', 'OPTIONS'],
      url,
      // Our six apps redeem their codes from few addresses.
      config: { handshake: 'never', rateLimit: false, isForMachines: true },
      handler: answer,
    })
  }

  const handshakeNever = { handshake: 'never' } as const
  app.get('/oauth/*', { config: handshakeNever }, answer)
  app.post('/oauth/*', { config: handshakeNever }, answer)
  // Nobody can try codes until one fits: RFC 8628, 5.1.
  const fewTries = { ...handshakeNever, rateLimit: { max: 10, timeWindow: 60_000 } }
  app.post(deviceUrl, { config: fewTries }, answer)
  // An app may send a form here (OpenID Connect Core 3.1.2.1), from its own site.
  app.post(
    authorizeUrl,
    { config: { ...handshakeNever, isForMachines: true } },
    async (request, reply) => {
      const parameters = new URLSearchParams(await readBody(request.raw))
      return reply.redirect(`${authorizeUrl}?${parameters}`, 303)
    },
  )
}

const largestForm = 65_536

async function readBody(request: IncomingMessage): Promise<string> {
  const body: string[] = []
  let length = 0
  for await (const chunk of request.setEncoding('utf8')) {
    length += String(chunk).length
    if (length > largestForm) throw new InvalidInputError('That is too long for a sign-in.')
    body.push(String(chunk))
  }
  return body.join('')
}

/** Somebody with a browser, who may be about to sign in. */
function isVisit({ method, url }: FastifyRequest): boolean {
  return url.startsWith(deviceUrl) || (method === 'GET' && url.startsWith(authorizeUrl))
}

/**
 * The code in the address of a device's verification page (RFC 8628, 3.3.1) fills the field. The
 * provider would send the form by a script.
 */
function takeUserCode(request: IncomingMessage): string {
  const [path = '', query] = (request.url ?? '').split('?')
  if (request.method !== 'GET' || path !== deviceUrl || !query) return ''
  request.url = path
  return (new URLSearchParams(query).get('user_code') ?? '').slice(0, 20)
}

/** oidc-provider makes addresses from the request's host, which a caller could choose. */
function createIssuerHost(issuer: string): (request: IncomingMessage) => void {
  const { host, protocol } = new URL(issuer)
  return ({ headers }) => {
    headers.host = host
    headers['x-forwarded-proto'] = protocol.slice(0, -1)
    delete headers['x-forwarded-host']
  }
}

/** Tells one of our own apps which device this is, whatever else the answer is. */
function addDevice(
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
): void {
  const location = String(reply.getHeader('location') ?? '')
  const [beforeHash = '', hash] = location.split('#')
  const [target, query] = beforeHash.split('?')
  if (target !== config.publicUrls[to.app] + callbackPath) return
  const sealed = `${deviceParameter}=${handshake.seal(device, to)}`
  const search = query ? `${query}&${sealed}` : sealed
  void reply.header('location', `${target}?${search}${hash ? `#${hash}` : ''}`)
}
