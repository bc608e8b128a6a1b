import { createHmac } from 'node:crypto'
import { isEqualSecret } from '@rose-ash/shared/infrastructure/keys'

/** Mails of answers to somebody's comments, of comments on their posts, or both of them. */
export type MailKind = 'answer' | 'post' | 'both'

/** Addresses at which whoever has them ends somebody's mails about comments. They never run out. */
export interface UnsubscribeLinks {
  create(userId: string, kind: MailKind): string
  /** Whether the address was given out for this member and this kind. */
  isGood(given: GivenLink): boolean
}

export interface GivenLink {
  readonly member: string
  readonly about: MailKind
  readonly key: string
}

/** HMAC-SHA-256 over the member's id and what the mails are about. `key` has 32 bytes. */
export function createUnsubscribeLinks(key: Buffer): UnsubscribeLinks {
  const sign = (userId: string, kind: MailKind) =>
    createHmac('sha256', key)
      // Addresses of both do not say so.
      .update(kind === 'both' ? `comments ${userId}` : `comments ${userId} ${kind}`)
      .digest('base64url')
  return {
    create(userId, kind) {
      const about = kind === 'both' ? {} : { about: kind }
      const query = { member: userId, ...about, key: sign(userId, kind) }
      return `/mails/comments/?${new URLSearchParams(query)}`
    },
    isGood: ({ member, about, key: given }) => isEqualSecret(given, sign(member, about)),
  }
}
