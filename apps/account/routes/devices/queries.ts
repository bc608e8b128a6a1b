import { and, desc, eq, gt, max, min, sql } from 'drizzle-orm'
import { type Database, sessions } from '../../models/index.ts'

/** One sign-in of a member: a browser that may use several of our services. */
export interface Device {
  readonly loginId: string
  readonly signedInAt: Date
  readonly seenAt: Date
  readonly apps: readonly string[]
}

/** Newest use first. */
export async function listDevices(database: Database, userId: string): Promise<readonly Device[]> {
  return database
    .select({
      loginId: sessions.loginId,
      signedInAt: min(sessions.createdAt).mapWith(sessions.createdAt),
      seenAt: max(sessions.seenAt).mapWith(sessions.seenAt),
      apps: sql<string[]>`array_agg(distinct ${sessions.app} order by ${sessions.app})`,
    })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), gt(sessions.expiresAt, sql`now()`)))
    .groupBy(sessions.loginId)
    .orderBy(desc(max(sessions.seenAt)))
}
