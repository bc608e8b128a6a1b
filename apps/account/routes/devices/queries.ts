import { and, asc, desc, eq, exists, gt, max, or, type SQL, sql } from 'drizzle-orm'
import { clientApps, type Database, logins, oidcPayloads, sessions } from '../../models/index.ts'

/** One sign-in of a member: a browser that may use several of our services, and apps of others. */
export interface Device {
  readonly loginId: string
  /** In words: "Firefox on Linux"; empty for sign-ins of before this was kept. */
  readonly browser: string
  readonly address: string
  /** ISO 3166-1 alpha-2, or empty. */
  readonly country: string
  readonly method: 'email' | 'passkey'
  readonly signedInAt: Date
  /** The last time at one of our services; when it was made, if it has reached none. */
  readonly seenAt: Date
  readonly apps: readonly string[]
  /** Names of apps of others that it has reached. */
  readonly otherApps: readonly string[]
}

/** Newest use first. */
export async function listDevices(database: Database, userId: string): Promise<readonly Device[]> {
  const seenAt = sql`coalesce(${max(sessions.seenAt)}, ${logins.createdAt})`
  return database
    .select({
      loginId: logins.id,
      browser: logins.browser,
      address: logins.address,
      country: logins.country,
      method: logins.method,
      signedInAt: logins.createdAt,
      seenAt: seenAt.mapWith(sessions.seenAt),
      apps: sql<string[]>`array_remove(array_agg(distinct ${sessions.app}), null)`,
      otherApps: reachedApps(database),
    })
    .from(logins)
    .leftJoin(sessions, and(eq(sessions.loginId, logins.id), gt(sessions.expiresAt, sql`now()`)))
    .where(
      and(
        eq(logins.userId, userId),
        or(
          sql`${sessions.idHash} is not null`,
          exists(
            database
              .select({ one: sql`1` })
              .from(oidcPayloads)
              .where(isProviderSession()),
          ),
        ),
      ),
    )
    .groupBy(logins.id)
    .orderBy(desc(seenAt))
}

/** The authorization server's own session of the sign-in: it leads on to any app without asking. */
function isProviderSession(): SQL | undefined {
  return and(
    eq(oidcPayloads.loginId, logins.id),
    eq(oidcPayloads.type, 'Session'),
    gt(oidcPayloads.expiresAt, sql`now()`),
  )
}

function reachedApps(database: Database): SQL<string[]> {
  const reached = sql`jsonb_object_keys(${oidcPayloads.payload} -> 'authorizations') reached (client_id)`
  const names = database
    .select({ name: clientApps.name })
    .from(oidcPayloads)
    .crossJoinLateral(reached)
    .innerJoin(clientApps, eq(clientApps.id, sql`reached.client_id`))
    .where(isProviderSession())
    .orderBy(asc(clientApps.name))
  return sql<string[]>`array(${names})`
}
