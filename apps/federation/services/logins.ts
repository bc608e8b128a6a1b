import type { AppName } from '@rose-ash/shared/contracts/apps'
import { emitActivity } from '@rose-ash/shared/events/emit-activity'
import type { Cache } from '@rose-ash/shared/infrastructure/cache/cache'
import { and, eq, ne, sql } from 'drizzle-orm'
import { type Database, logins, users } from '../models/index.ts'

export interface NewLogin {
  /** The `uid` of the provider's session. */
  readonly id: string
  readonly userId: string
  readonly deviceId: string
  /** Where the member is going. */
  readonly app: AppName
}

export interface Logins {
  /** Tells everybody of a sign-in, once, however often it is called. */
  record(login: NewLogin): Promise<void>
}

export function createLogins({
  database,
  cache,
}: {
  database: Database
  cache: Pick<Cache, 'invalidateTags'>
}): Logins {
  return {
    async record(login) {
      const { id, userId, deviceId, app } = login
      const replaced = await database.transaction(async (transaction) => {
        const inserted = await transaction
          .insert(logins)
          .values({ ...login, createdAt: new Date() })
          .onConflictDoNothing()
          .returning({ id: logins.id })
        if (inserted.length === 0) return []

        await transaction
          .update(users)
          .set({ lastLoginAt: sql`now()` })
          .where(eq(users.id, userId))
        await emitActivity(transaction, {
          type: 'SignIn',
          originApp: 'federation',
          actorUserId: userId,
          objectType: 'Person',
          objectId: userId,
          payload: { userId, deviceId, app },
        })
        // A browser is signed in once: signing out must not leave an older sign-in behind.
        return transaction
          .delete(logins)
          .where(and(eq(logins.deviceId, deviceId), ne(logins.id, id)))
          .returning({ id: logins.id })
      })
      if (replaced.length > 0) await cache.invalidateTags(replaced.map((row) => `login:${row.id}`))
    },
  }
}
