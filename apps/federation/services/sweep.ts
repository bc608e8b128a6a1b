import { and, eq, lt, notExists, sql } from 'drizzle-orm'
import {
  type Database,
  emailChanges,
  loginRequests,
  logins,
  loginTokens,
  oidcPayloads,
  passkeyChallenges,
  sessions,
} from '../models/index.ts'

/**
 * Removes what has run out: nothing of it counts any more. A code that was used is kept a while
 * longer, so that using it again is noticed.
 */
export async function sweepSignOn(database: Database): Promise<void> {
  await database
    .delete(oidcPayloads)
    .where(lt(oidcPayloads.expiresAt, sql`now() - interval '1 day'`))
  await database.delete(loginTokens).where(lt(loginTokens.expiresAt, sql`now()`))
  await database
    .delete(emailChanges)
    .where(lt(emailChanges.expiresAt, sql`now() - interval '1 hour'`))
  await database.delete(passkeyChallenges).where(lt(passkeyChallenges.expiresAt, sql`now()`))
  await database
    .delete(loginRequests)
    .where(lt(loginRequests.requestedAt, sql`now() - interval '1 hour'`))
  await database.delete(sessions).where(lt(sessions.expiresAt, sql`now()`))
  await database.delete(logins).where(
    and(
      // A sign-in that is being made has nothing that hangs on it yet.
      lt(logins.createdAt, sql`now() - interval '1 day'`),
      notExists(database.select().from(sessions).where(eq(sessions.loginId, logins.id))),
      notExists(
        database
          .select()
          .from(oidcPayloads)
          .where(and(eq(oidcPayloads.loginId, logins.id), eq(oidcPayloads.type, 'Session'))),
      ),
    ),
  )
}
