import type { AppName } from '@rose-ash/shared/contracts/apps'
import { emitActivity } from '@rose-ash/shared/events/emit-activity'
import type { Cache } from '@rose-ash/shared/infrastructure/cache/cache'
import { and, eq, ne, sql } from 'drizzle-orm'
import { type Database, knownDevices, logins, type Transaction, users } from '../models/index.ts'
import { createPlaces } from './places.ts'

/** The browser that a request comes from. */
export interface SignInDevice {
  readonly deviceId: string
  /** In words: "Firefox on Linux". */
  readonly browser: string
  /** As a proxy that we believe has told it. */
  readonly address: string
}

export interface NewLogin extends SignInDevice {
  /** The `uid` of the provider's session. */
  readonly id: string
  readonly userId: string
  readonly method: 'email' | 'passkey'
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
  const places = createPlaces()
  return {
    async record(login) {
      const { id, userId, deviceId, app, browser } = login
      const country = await places.countryOf(login.address)
      const replaced = await database.transaction(async (transaction) => {
        const inserted = await transaction
          .insert(logins)
          .values({ ...login, country, createdAt: new Date() })
          .onConflictDoNothing()
          .returning({ id: logins.id })
        if (inserted.length === 0) return []

        await transaction
          .update(users)
          .set({ lastLoginAt: sql`now()` })
          .where(eq(users.id, userId))
        const isNewDevice = await keepDevice(transaction, { userId, deviceId })
        await emitActivity(transaction, {
          type: 'SignIn',
          originApp: 'federation',
          actorUserId: userId,
          objectType: 'Person',
          objectId: userId,
          payload: {
            userId,
            deviceId,
            app,
            ...(isNewDevice ? { newDevice: { loginId: id, browser, country } } : {}),
          },
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

/** Whether the member has others and not this one. The very first is nothing to warn of. */
async function keepDevice(
  transaction: Transaction,
  device: { readonly userId: string; readonly deviceId: string },
): Promise<boolean> {
  const [known] = await transaction
    .select({
      all: sql<number>`count(*)::int`,
      thisOne: sql<number>`count(*) filter (where ${knownDevices.deviceId} = ${device.deviceId})::int`,
    })
    .from(knownDevices)
    .where(eq(knownDevices.userId, device.userId))
  await transaction
    .insert(knownDevices)
    .values(device)
    .onConflictDoUpdate({
      target: [knownDevices.userId, knownDevices.deviceId],
      set: { seenAt: sql`now()` },
    })
  return known !== undefined && known.all > 0 && known.thisOne === 0
}
