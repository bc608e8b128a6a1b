import { and, desc, eq, gt, sql } from 'drizzle-orm'
import { type Database, knownDevices, users } from '../models/index.ts'

/** Somebody who has signed in in this browser before. */
export interface KnownAccount {
  readonly userId: string
  readonly email: string
  readonly displayName: string
}

export interface KnownAccounts {
  /** Newest first, at most five, of the last 90 days. */
  list(deviceId: string | undefined): Promise<readonly KnownAccount[]>
  /** The browser no longer offers it, and counts as a new one at its next sign-in. */
  forget(deviceId: string, userId: string): Promise<void>
}

const shown = 5

export function createKnownAccounts(database: Database): KnownAccounts {
  return {
    async list(deviceId) {
      if (!deviceId) return []
      return database
        .select({ userId: users.id, email: users.email, displayName: users.displayName })
        .from(knownDevices)
        .innerJoin(users, eq(users.id, knownDevices.userId))
        .where(
          and(
            eq(knownDevices.deviceId, deviceId),
            gt(knownDevices.seenAt, sql`now() - interval '90 days'`),
          ),
        )
        .orderBy(desc(knownDevices.seenAt))
        .limit(shown)
    },
    async forget(deviceId, userId) {
      await database
        .delete(knownDevices)
        .where(and(eq(knownDevices.deviceId, deviceId), eq(knownDevices.userId, userId)))
    },
  }
}
