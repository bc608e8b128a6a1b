import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import { fastify } from 'fastify'
import { type KoaContextWithOIDC, Provider } from 'oidc-provider'
import type { BareOptions, BareQuestion } from './bare.ts'

process.on('message', (question: BareQuestion) => {
  const listening = question === 'cpu' ? Promise.resolve() : listen(question)
  void listening.then(() => process.send?.(cpuSeconds()))
})
process.once('disconnect', () => process.exit(0))

async function listen({ port, issuer, client }: BareOptions): Promise<void> {
  const provider = createProvider({ issuer, client })
  const handle = provider.callback()
  const app = fastify()
  // oidc-provider reads bodies itself.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))
  // Whoever comes is signed in as somebody new.
  app.get('/sign-in/:uid', async (request, reply) => {
    reply.hijack()
    const login = { accountId: randomUUID(), remember: true, amr: ['otp'] }
    await provider.interactionFinished(request.raw, reply.raw, { login })
  })
  app.all('/*', (request, reply) => {
    reply.hijack()
    void handle(request.raw, reply.raw)
  })
  await app.listen({ host: '127.0.0.1', port })
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000_000
}

const minute = 60
const day = 86_400

/** As the federation service has it where it matters here: the same steps, signatures and lifetimes. */
function createProvider({ issuer, client }: Omit<BareOptions, 'port'>): Provider {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return new Provider(issuer, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [client.redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_basic',
        id_token_signed_response_alg: 'ES256',
        require_auth_time: true,
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig' }] },
    findAccount: (_context, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    loadExistingGrant,
    interactions: { url: (_context, { uid }) => `/sign-in/${uid}` },
    pkce: { required: () => true },
    scopes: ['openid', 'offline_access'],
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'none'],
    issueRefreshToken: async () => false,
    expiresWithSession: async () => true,
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    routes: { authorization: '/oauth/authorize', token: '/oauth/token', jwks: '/oauth/jwks' },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      deviceFlow: { enabled: true },
      introspection: { enabled: true },
      revocation: { enabled: true },
      dPoP: { enabled: false },
    },
    ttl: {
      AccessToken: 15 * minute,
      AuthorizationCode: minute,
      IdToken: 15 * minute,
      Interaction: 60 * minute,
      Grant: 365 * day,
      Session: 90 * day,
    },
  })
}

/** Nobody is asked whether they agree. */
async function loadExistingGrant({ oidc }: KoaContextWithOIDC) {
  const { provider, session, client } = oidc
  if (!session?.accountId || !client) return undefined
  const { accountId } = session
  const { clientId } = client
  const grantId = session.grantIdFor(clientId)
  const existing = grantId ? await provider.Grant.find(grantId) : undefined
  if (existing) return existing
  const grant = new provider.Grant({ accountId, clientId })
  grant.addOIDCScope('openid')
  await grant.save()
  return grant
}
