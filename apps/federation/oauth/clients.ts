import { type AppName, appNames } from '@rose-ash/shared/contracts/apps'
import type { AppConfig } from '@rose-ash/shared/infrastructure/config/schema'
import { backchannelPath, callbackPath } from '@rose-ash/shared/infrastructure/sign-on/client'
import { clientSecret } from '@rose-ash/shared/infrastructure/sign-on/client-secret'
import { hashSecretId } from '@rose-ash/shared/secret-ids'
import type { AdapterPayload, ClientMetadata } from 'oidc-provider'
import type { clientApps } from '../models/index.ts'

/** Our own six apps; each is a confidential client with one redirect address. */
export function firstPartyClients({
  publicUrls,
  internalUrls,
  secretKey,
}: Pick<AppConfig, 'publicUrls' | 'internalUrls' | 'secretKey'>): ClientMetadata[] {
  return appNames.map((app) => ({
    client_id: app,
    client_secret: hashSecretId(clientSecret(secretKey, app)),
    client_name: app,
    redirect_uris: [publicUrls[app] + callbackPath],
    grant_types: ['authorization_code'],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_basic',
    id_token_signed_response_alg: 'ES256',
    require_auth_time: true,
    backchannel_logout_uri: internalUrls[app] + backchannelPath,
    backchannel_logout_session_required: true,
  }))
}

/** Third parties' client ids are never the name of an app. */
export function findFirstParty(clientId: string | undefined): AppName | undefined {
  return appNames.find((app) => app === clientId)
}

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'

/**
 * An app that a member has registered, as the provider knows clients (RFC 7591). `client_secret` is
 * the secret's hash: see `compareSecrets`.
 */
export function clientMetadata(app: typeof clientApps.$inferSelect): AdapterPayload {
  const isDevice = app.kind === 'device'
  return {
    client_id: app.id,
    client_name: app.name,
    application_type: app.kind === 'native' ? 'native' : 'web',
    ...(app.homepage ? { client_uri: app.homepage } : {}),
    redirect_uris: isDevice ? [] : app.redirectUris,
    response_types: isDevice ? [] : ['code'],
    grant_types: [
      isDevice ? deviceGrant : 'authorization_code',
      ...(app.mayStay ? ['refresh_token'] : []),
    ],
    post_logout_redirect_uris: app.postLogoutRedirectUris,
    id_token_signed_response_alg: 'ES256',
    ...(app.secretHash
      ? { token_endpoint_auth_method: 'client_secret_basic', client_secret: app.secretHash }
      : { token_endpoint_auth_method: 'none' }),
    ...(app.backchannelLogoutUri
      ? {
          backchannel_logout_uri: app.backchannelLogoutUri,
          backchannel_logout_session_required: true,
        }
      : {}),
  }
}
