import type { StoredSecrets } from '../infrastructure/stored-secrets.ts'
import type { Database } from '../models/database.ts'
import type { ActorAddresses } from './addresses.ts'
import { type AppProfile, getAppProfile } from './app-profile.ts'
import { createSigningKeys, type SigningKeys } from './keys.ts'
import type { Publisher } from './publisher.ts'

/** One app as other servers see it, and all that it takes to be that. Making it costs nothing. */
export interface Fediverse {
  readonly addresses: ActorAddresses
  readonly database: Database
  readonly publisher: Publisher
  readonly keys: SigningKeys
  profile(): Promise<AppProfile>
}

export function createFediverse({
  addresses,
  platform,
  database,
  secrets,
  publisher,
}: {
  readonly addresses: ActorAddresses
  readonly platform: { readonly name: string; readonly tagline: string }
  readonly database: Database
  readonly secrets: StoredSecrets
  readonly publisher: Publisher
}): Fediverse {
  const described = {
    app: addresses.app,
    displayName: platform.name,
    summary: platform.tagline,
  }
  return {
    addresses,
    database,
    publisher,
    keys: createSigningKeys({ database, secrets }),
    profile: () => getAppProfile(database, described),
  }
}
