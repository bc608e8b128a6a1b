import type { Client, Grant, KoaContextWithOIDC } from 'oidc-provider'
import { findFirstParty } from './clients.ts'

/**
 * Our own apps have every sign-in's consent, and no grant of theirs is kept: it is made of the session
 * each time, with the same id for all tabs that ask at once.
 */
export async function loadExistingGrant(context: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { provider, session, client, result } = context.oidc
  if (!session?.accountId || !client) return undefined
  const { clientId } = client
  if (findFirstParty(clientId)) {
    const { accountId } = session
    const payload = firstPartyGrantPayload(firstPartyGrantId(session.uid, clientId))
    return new provider.Grant({ ...payload, accountId, clientId })
  }
  const grantId = result?.consent?.grantId ?? session.grantIdFor(clientId)
  return grantId ? provider.Grant.find(grantId) : undefined
}

/**
 * Whether an app was let in for longer than the browser stays signed in. It then gets refresh tokens,
 * which rotate, and lives until its user takes it back.
 */
export function mayStay(client: Client): boolean {
  return client.grantTypeAllowed('refresh_token')
}

/** One for each sign-in and app. Ids that oidc-provider makes hold no dot. */
export function firstPartyGrantId(loginId: string, clientId: string): string {
  return `${loginId}.${clientId}`
}

export function isFirstPartyGrant(grantId: string): boolean {
  return grantId.includes('.')
}

const hour = 3600

export function firstPartyGrantPayload(grantId: string): FirstPartyGrant {
  const iat = Math.floor(Date.now() / 1000)
  return {
    kind: 'Grant',
    jti: grantId,
    clientId: grantId.slice(grantId.indexOf('.') + 1),
    openid: { scope: 'openid profile email' },
    iat,
    exp: iat + hour,
  }
}

interface FirstPartyGrant {
  readonly kind: 'Grant'
  readonly jti: string
  readonly clientId: string
  readonly openid: { readonly scope: string }
  /** Seconds since the epoch, as all times of tokens. */
  readonly iat: number
  readonly exp: number
}

/** The sign-in that a token came from. */
export function sessionUidOf(token: object): string | undefined {
  return 'sessionUid' in token && typeof token.sessionUid === 'string'
    ? token.sessionUid
    : undefined
}

const graceSeconds = 10

/**
 * A refresh token that is shown again has leaked, and all that came of it is revoked (RFC 9700,
 * 4.14.2). Not within ten seconds: an app that asks twice at once, or whose answer was lost, is no
 * thief. Nobody but the first gets anything in either case.
 */
export function isWithinGrace(consumedAt: Date): boolean {
  return Date.now() - consumedAt.getTime() < graceSeconds * 1000
}
