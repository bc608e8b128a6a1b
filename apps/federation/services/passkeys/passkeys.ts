import { InvalidInputError } from '@rose-ash/shared/contracts/errors'
import { and, asc, eq } from 'drizzle-orm'
import { type Database, passkeys } from '../../models/index.ts'

/** A passkey as its owner sees it. */
export interface Passkey {
  /** The credential id, base64url. */
  readonly id: string
  readonly name: string
  /** Whether it is kept in an account of the device's maker, and so on all devices of that account. */
  readonly isBackedUp: boolean
  readonly createdAt: Date
  readonly usedAt: Date | null
}

export interface Passkeys {
  /** Oldest first. */
  list(userId: string): Promise<readonly Passkey[]>
  /** False when it is not theirs. Throws InvalidInputError when nothing of the name can be seen. */
  rename(userId: string, id: string, name: string): Promise<boolean>
  /** The name of what was removed; undefined when it is not theirs. */
  remove(userId: string, id: string): Promise<string | undefined>
}

const longestName = 60
const { id, name, isBackedUp, createdAt, usedAt } = passkeys

export function createPasskeys(database: Database): Passkeys {
  const isOwn = (userId: string, credential: string) =>
    and(eq(passkeys.userId, userId), eq(passkeys.id, credential))

  return {
    list: async (userId) =>
      database
        .select({ id, name, isBackedUp, createdAt, usedAt })
        .from(passkeys)
        .where(eq(passkeys.userId, userId))
        .orderBy(asc(passkeys.createdAt)),

    async rename(userId, credential, typed) {
      const cleaned = cleanName(typed)
      if (cleaned === '') throw new InvalidInputError('A passkey needs a name that can be seen.')
      const renamed = await database
        .update(passkeys)
        .set({ name: cleaned })
        .where(isOwn(userId, credential))
        .returning({ id })
      return renamed.length > 0
    },

    async remove(userId, credential) {
      const [removed] = await database
        .delete(passkeys)
        .where(isOwn(userId, credential))
        .returning({ name })
      return removed?.name
    },
  }
}

/** On one line, without what cannot be seen, at most 60 characters. May be empty. */
export function cleanName(typed: string): string {
  const visible = typed.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ').replaceAll(/\s+/g, ' ')
  return Array.from(visible.trim()).slice(0, longestName).join('')
}
