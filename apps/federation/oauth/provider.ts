import type { IncomingMessage } from 'node:http'
import type { AppDependencies } from '@rose-ash/shared/infrastructure/app/dependencies'
import type { AppConfig } from '@rose-ash/shared/infrastructure/config/schema'
import { deriveKey } from '@rose-ash/shared/infrastructure/keys'
import type { Logger } from '@rose-ash/shared/infrastructure/log'
import type { JWK } from 'jose'
import {
  type Account,
  type Configuration,
  errors,
  type Grant,
  type KoaContextWithOIDC,
  Provider,
} from 'oidc-provider'
import type { Logins } from '../services/logins.ts'
import { createAdapterFactory, firstPartyGrantId } from './adapter.ts'
import { findFirstParty, firstPartyClients } from './clients.ts'

export interface ProviderOptions extends Pick<
  AppDependencies,
  'config' | 'connection' | 'services' | 'log'
> {
  readonly keys: readonly JWK[]
  readonly logins: Logins
  /** The federation app's own device id of the browser that a request comes from. */
  readonly deviceOf: (request: IncomingMessage) => string | undefined
}

const minute = 60
const day = 86_400

/** oidc-provider for this platform. Pages are ours, so it renders none. */
export function createProvider(options: ProviderOptions): Provider {
  const { config, log } = options
  const provider = new Provider(config.publicUrls.federation, {
    adapter: createAdapterFactory(options.connection.database),
    clients: firstPartyClients(config),
    jwks: { keys: [...options.keys] },
    findAccount: (context, accountId, token) =>
      findAccount(options, context, { accountId, loginId: token && sessionUidOf(token) }),
    loadExistingGrant,
    interactions: { url: (_context, { uid, params }) => signInPath(uid, params['client_id']) },
    pkce: { required: () => true },
    claims: { openid: ['sub', 'login_id'] },
    scopes: ['openid'],
    responseTypes: ['code'],
    cookies: cookieOptions(config),
    routes,
    features,
    ttl: {
      AccessToken: 15 * minute,
      AuthorizationCode: minute,
      IdToken: 15 * minute,
      Interaction: 60 * minute,
      Grant: 90 * day,
      Session: 90 * day,
    },
    // The Fastify route shows the page.
    renderError: (context, out) => void (context.state['problem'] = out),
  })
  // Its addresses are made from the request's, which the Fastify route has set to the issuer's.
  provider.proxy = true
  addLog(provider, log)
  return provider
}

const routes = {
  authorization: '/oauth/authorize',
  token: '/oauth/token',
  jwks: '/oauth/jwks',
  introspection: '/oauth/introspect',
  revocation: '/oauth/revoke',
  userinfo: '/oauth/userinfo',
  end_session: '/oauth/end-session',
  pushed_authorization_request: '/oauth/par',
  device_authorization: '/oauth/device',
  code_verification: '/oauth/device/code',
} satisfies Configuration['routes']

const features = {
  devInteractions: { enabled: false },
  rpInitiatedLogout: { enabled: false },
  backchannelLogout: { enabled: true },
  introspection: { enabled: true },
  revocation: { enabled: true },
  dPoP: { enabled: false },
} satisfies Configuration['features']

/** Where somebody signs in; `from` is for the way back when it takes too long. */
export function signInPath(uid: string, clientId: unknown): string {
  const from = findFirstParty(typeof clientId === 'string' ? clientId : undefined)
  return from ? `/sign-in/${uid}?from=${from}` : `/sign-in/${uid}`
}

function cookieOptions({ publicUrls, secretKey }: AppConfig): Configuration['cookies'] {
  const isSecure = publicUrls.federation.startsWith('https:')
  const attributes = { httpOnly: true, sameSite: 'lax', signed: true, overwrite: true } as const
  const key = deriveKey(secretKey, 'oidc-cookies').toString('base64url')
  return {
    keys: [key],
    names: {
      session: isSecure ? '__Host-provider' : 'provider',
      // These two have a path, which the prefix __Host- does not allow.
      interaction: isSecure ? '__Secure-interaction' : 'interaction',
      resume: isSecure ? '__Secure-resume' : 'resume',
    },
    long: { ...attributes, path: '/' },
    short: attributes,
  }
}

async function findAccount(
  { services, logins, deviceOf }: ProviderOptions,
  context: KoaContextWithOIDC,
  { accountId, loginId }: { accountId: string; loginId: string | undefined },
): Promise<Account | undefined> {
  const user = await services.account.findUser(accountId)
  if (!user) return undefined
  const { session, result, client } = context.oidc
  const app = findFirstParty(client?.clientId)
  // The first moment at which both the session and the member are known, and before either is saved.
  if (result?.login && session) {
    const deviceId = deviceOf(context.req)
    if (!deviceId) throw new errors.InvalidRequest('the device is not known')
    await logins.record({ id: session.uid, userId: user.id, deviceId, app: app ?? 'federation' })
  }
  return {
    accountId,
    claims: (use) => ({
      sub: accountId,
      ...(use === 'id_token' && app ? { login_id: loginId ?? session?.uid } : {}),
    }),
  }
}

/**
 * Our own apps have every sign-in's consent. Their grant has the same id for all tabs that ask at
 * once, and is made anew after it was revoked.
 */
async function loadExistingGrant(context: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { provider, session, client, result, params } = context.oidc
  if (!session?.accountId || !client) return undefined
  const { clientId } = client
  const isOwn = findFirstParty(clientId) !== undefined
  const grantId = isOwn
    ? firstPartyGrantId(session.uid, clientId)
    : (result?.consent?.grantId ?? session.grantIdFor(clientId))
  const existing = grantId ? await provider.Grant.find(grantId) : undefined
  if (existing || !isOwn) return existing

  const grant = new provider.Grant({ accountId: session.accountId, clientId })
  grant.jti = firstPartyGrantId(session.uid, clientId)
  const scope = params?.['scope']
  grant.addOIDCScope(typeof scope === 'string' ? scope : 'openid')
  await grant.save()
  return grant
}

function sessionUidOf(token: object): string | undefined {
  return 'sessionUid' in token && typeof token.sessionUid === 'string'
    ? token.sessionUid
    : undefined
}

/** What was refused and why; never codes, tokens or addresses. */
function addLog(provider: Provider, log: Logger): void {
  const refused = (context: KoaContextWithOIDC, error: errors.OIDCProviderError) => {
    const { error: reason, error_description: description } = error
    const client = context.oidc.client?.clientId
    log.debug({ reason, description, client, path: context.path }, 'sign-on request refused')
  }
  provider.on('authorization.error', refused)
  provider.on('grant.error', refused)
  provider.on('server_error', (context, error) =>
    log.error({ err: error, path: context.path }, 'sign-on request failed'),
  )
}
