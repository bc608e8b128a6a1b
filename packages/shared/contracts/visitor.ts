import type { HeldRole } from './permissions.ts'

/**
 * Who is asking: a member once they have signed in, a device before that. `deviceId` is the same on
 * all six subdomains after the first round trip to the authorization server; `undefined` means that
 * nothing has been kept for this visitor yet.
 */
export interface Visitor {
  readonly userId?: string | undefined
  readonly deviceId?: string | undefined
}

/** A signed-in member, as routes and templates see them. */
export interface CurrentUser {
  readonly id: string
  readonly email: string
  readonly displayName: string
  readonly roles: readonly HeldRole[]
}

/** The cache tag of all that is kept for one visitor; undefined for a visitor nothing is kept of. */
export function visitorTag(visitor: Visitor): string | undefined {
  if (visitor.userId) return `visitor:user:${visitor.userId}`
  return visitor.deviceId ? `visitor:device:${visitor.deviceId}` : undefined
}
