import { and, desc, eq, gt, max, sql } from 'drizzle-orm'
import { type Database, logins, sessions } from '../../models/index.ts'

/** One sign-in of a member: a browser that may use several of our services. */
export interface Device {
  readonly loginId: string
  /** In words: "Firefox on Linux"; empty for sign-ins of before this was kept. */
  readonly browser: string
  readonly address: string
  /** ISO 3166-1 alpha-2, or empty. */
  readonly country: string
  readonly method: 'email' | 'passkey'
  readonly signedInAt: Date
  readonly seenAt: Date
  readonly apps: readonly string[]
}

/** Newest use first. */
export async function listDevices(database: Database, userId: string): Promise<readonly Device[]> {
  return database
    .select({
      loginId: logins.id,
      browser: logins.browser,
      address: logins.address,
      country: logins.country,
      method: logins.method,
      signedInAt: logins.createdAt,
      seenAt: max(sessions.seenAt).mapWith(sessions.seenAt),
      apps: sql<string[]>`array_agg(distinct ${sessions.app} order by ${sessions.app})`,
    })
    .from(sessions)
    .innerJoin(logins, eq(logins.id, sessions.loginId))
    .where(and(eq(sessions.userId, userId), gt(sessions.expiresAt, sql`now()`)))
    .groupBy(logins.id)
    .orderBy(desc(max(sessions.seenAt)))
}
