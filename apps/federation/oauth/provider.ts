import type { AppDependencies } from '@rose-ash/shared/infrastructure/app/dependencies'
import type { AppConfig } from '@rose-ash/shared/infrastructure/config/schema'
import { deriveKey, isEqualSecret } from '@rose-ash/shared/infrastructure/keys'
import type { Logger } from '@rose-ash/shared/infrastructure/log'
import { createProviderFetch } from '@rose-ash/shared/infrastructure/provider-fetch'
import { hashSecretId } from '@rose-ash/shared/secret-ids'
import type { JWK } from 'jose'
import { type Configuration, type errors, type KoaContextWithOIDC, Provider } from 'oidc-provider'
import { type AccountOptions, claimsOfScopes, findAccount } from './account-claims.ts'
import { createAdapterFactory } from './adapter.ts'
import { findFirstParty, firstPartyClients } from './clients.ts'
import { loadExistingGrant, mayStay, sessionUidOf } from './grants.ts'
import { interactionPath, interactionPolicy } from './interaction-policy.ts'
import { HeldKey } from './keys/held-key.ts'
import { takeOverBackchannelLogout } from './logout.ts'
import { askForPage, deviceFlow, rpInitiatedLogout } from './provider-pages.ts'
import { createSealedCodes, sealCodes } from './sealed-codes.ts'

export interface ProviderOptions
  extends Pick<AppDependencies, 'config' | 'connection' | 'services' | 'log'>, AccountOptions {
  readonly keys: readonly JWK[]
}

const minute = 60
const hour = 3600
const day = 86_400

/** oidc-provider for this platform. Pages are ours, so it renders none. */
export function createProvider(options: ProviderOptions): Provider {
  const { config, log, services } = options
  const codes = createSealedCodes(deriveKey(config.secretKey, 'oidc-codes'))
  const provider = new Provider(config.publicUrls.federation, {
    adapter: createAdapterFactory({
      connection: options.connection,
      codes,
      endLogin: (loginId) => services.federation.endLogin(loginId),
    }),
    clients: firstPartyClients(config),
    jwks: { keys: options.keys.map((key) => new HeldKey(key)) },
    findAccount: (context, accountId, token) =>
      findAccount(options, context, { accountId, loginId: token && sessionUidOf(token) }),
    loadExistingGrant,
    interactions: {
      policy: interactionPolicy(),
      url: (_context, { uid, params, prompt }) =>
        interactionPath(uid, { prompt: prompt.name, clientId: params['client_id'] }),
    },
    pkce: { required: () => true },
    claims: claimsOfScopes,
    scopes: ['openid', 'offline_access'],
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'none'],
    clientBasedCORS: (_context, origin, client) =>
      client.redirectUris?.some((uri) => URL.parse(uri)?.origin === origin) ?? false,
    rotateRefreshToken: true,
    issueRefreshToken: async (_context, client) => mayStay(client),
    expiresWithSession: async (context) => !context.oidc.client || !mayStay(context.oidc.client),
    cookies: cookieOptions(config),
    fetch: createProviderFetch(config),
    routes,
    features,
    ttl,
    renderError: (context, problem) => askForPage(context, { kind: 'problem', problem }),
  })
  // Its addresses are made from the request's, which the Fastify route has set to the issuer's.
  provider.proxy = true
  compareSecrets(provider)
  sealCodes(provider, codes)
  takeOverBackchannelLogout(provider)
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
  rpInitiatedLogout,
  backchannelLogout: { enabled: true },
  deviceFlow,
  introspection: {
    enabled: true,
    // A token tells only the app that it was made for, and our own.
    allowedPolicy: async (_context, client, token) =>
      token.clientId === client.clientId || findFirstParty(client.clientId) !== undefined,
  },
  revocation: { enabled: true },
  dPoP: { enabled: false },
  // For `HeldKey`. The provider counts its versions of what may change: `ack` says which one we know.
  externalSigningSupport: { enabled: true, ack: 'experimental-01' },
} satisfies Configuration['features']

const ttl = {
  AccessToken: 15 * minute,
  AuthorizationCode: minute,
  DeviceCode: 15 * minute,
  IdToken: 15 * minute,
  Interaction: hour,
  PushedAuthorizationRequest: minute,
  RefreshToken: 14 * day,
  Grant: 365 * day,
  // Nobody's has only a form that is being filled in.
  Session: (_context, session) => (session.accountId ? 90 * day : hour),
} satisfies Configuration['ttl']

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

/** Only a hash of a client's secret is known here. */
function compareSecrets(provider: Provider): void {
  provider.Client.prototype.compareClientSecret = function compare(shown: string) {
    return isEqualSecret(this.clientSecret ?? '', hashSecretId(shown))
  }
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
