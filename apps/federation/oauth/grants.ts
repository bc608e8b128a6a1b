import type { Client, Grant, KoaContextWithOIDC } from 'oidc-provider'
import { findFirstParty } from './clients.ts'

/**
 * Our own apps have every sign-in's consent. Their grant has the same id for all tabs that ask at
 * once, and is made anew after it was revoked.
 */
export async function loadExistingGrant(context: KoaContextWithOIDC): Promise<Grant | undefined> {
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

/**
 * Whether an app was let in for longer than the browser stays signed in. It then gets refresh tokens,
 * which rotate, and lives until its user takes it back.
 */
export function mayStay(client: Client): boolean {
  return client.grantTypeAllowed('refresh_token')
}

/** Our own apps' grants: one for each sign-in and app, the same for all tabs. See `grantLoginId`. */
export function firstPartyGrantId(loginId: string, clientId: string): string {
  return `${loginId}.${clientId}`
}

/** Ids that oidc-provider makes hold no dot. */
export function grantLoginId(grantId: string): string | null {
  const dot = grantId.indexOf('.')
  return dot < 0 ? null : grantId.slice(0, dot)
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
export function isWithinGrace(consumedAt: Date, now: number = Date.now()): boolean {
  return now - consumedAt.getTime() < graceSeconds * 1000
}
