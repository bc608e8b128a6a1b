import type { AppConfig } from '@rose-ash/shared/infrastructure/config/schema'

/** Who passkeys are for (WebAuthn, relying party). */
export interface PasskeyParty {
  readonly rpName: string
  /**
   * The federation app's host and not the parent domain: a sibling subdomain that somebody has taken
   * over must not be able to ask for them. It can never be changed without losing all passkeys.
   */
  readonly rpID: string
  readonly origin: string
}

export function passkeyParty({
  publicUrls,
  platform,
}: Pick<AppConfig, 'publicUrls' | 'platform'>): PasskeyParty {
  const { hostname, origin } = new URL(publicUrls.federation)
  return { rpName: platform.name, rpID: hostname, origin }
}

/** Ed25519, ES256, RS256: what authenticators have, and what Node verifies without an experiment. */
export const algorithms = [-8, -7, -257]
