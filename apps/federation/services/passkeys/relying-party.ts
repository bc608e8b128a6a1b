import { Buffer } from 'node:buffer'
import type { AppConfig } from '@rose-ash/shared/infrastructure/config/schema'
import type * as WebAuthn from '@simplewebauthn/server'

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

/** WebAuthn's `user.id`: the 16 bytes of ours, which say nothing of the person. */
export function userHandle(userId: string): Buffer<ArrayBuffer> {
  return Buffer.from(userId.replaceAll('-', ''), 'hex')
}

/** Loaded when it is first needed: it takes 300 ms and 27 MB, and most processes never need it. */
export function loadWebAuthn(): Promise<typeof WebAuthn> {
  return import('@simplewebauthn/server')
}
