import { type AppName, appNames } from '@rose-ash/shared/contracts/apps'
import type { AppConfig } from '@rose-ash/shared/infrastructure/config/schema'
import { backchannelPath, callbackPath } from '@rose-ash/shared/infrastructure/sign-on/client'
import { clientSecret } from '@rose-ash/shared/infrastructure/sign-on/client-secret'
import type { ClientMetadata } from 'oidc-provider'

/** Our own six apps; each is a confidential client with one redirect address. */
export function firstPartyClients({
  publicUrls,
  internalUrls,
  secretKey,
}: Pick<AppConfig, 'publicUrls' | 'internalUrls' | 'secretKey'>): ClientMetadata[] {
  return appNames.map((app) => ({
    client_id: app,
    client_secret: clientSecret(secretKey, app),
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
