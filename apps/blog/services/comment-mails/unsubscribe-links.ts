import { createHmac } from 'node:crypto'
import { isEqualSecret } from '@rose-ash/shared/infrastructure/keys'

/** Addresses at which whoever has them ends somebody's mails about comments. They never run out. */
export interface UnsubscribeLinks {
  create(userId: string): string
  /** Whether the address was given out for this member. */
  isGood(given: { readonly member: string; readonly key: string }): boolean
}

/** HMAC-SHA-256 over the member's id and what the mails are about. `key` has 32 bytes. */
export function createUnsubscribeLinks(key: Buffer): UnsubscribeLinks {
  const sign = (userId: string) =>
    createHmac('sha256', key).update(`comments ${userId}`).digest('base64url')
  return {
    create: (userId) =>
      `/mails/comments/?${new URLSearchParams({ member: userId, key: sign(userId) })}`,
    isGood: ({ member, key: given }) => isEqualSecret(given, sign(member)),
  }
}
