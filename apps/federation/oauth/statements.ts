import { and, eq, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { type Database, oidcPayloads } from '../models/index.ts'

/** Types of what may end with the browser's sign-in. */
const endsWithSession = new Set(['AuthorizationCode', 'AccessToken', 'RefreshToken', 'DeviceCode'])

/**
 * The statements of every request, prepared once a connection: a sign-in to an app should cost the
 * database and this process little.
 */
// oxlint-disable-next-line typescript/explicit-module-boundary-types -- three prepared queries, each of its own type
export function createStatements(database: Database, type: string) {
  const idHash = sql.placeholder('idHash')
  const isIt = and(eq(oidcPayloads.type, type), eq(oidcPayloads.idHash, idHash))
  const session = alias(oidcPayloads, 'session')
  const name = (what: string) => `oidc-${what}-${type}`
  const row = {
    type,
    idHash,
    payload: sql.placeholder('payload'),
    grantId: sql.placeholder('grantId'),
    uid: sql.placeholder('uid'),
    userCode: sql.placeholder('userCode'),
    loginId: sql.placeholder('loginId'),
    // Drizzle's own encoding of instants knows no null.
    expiresAt: sql`${sql.placeholder('expiresAt')}`,
  }
  const isItsSession = and(
    eq(session.type, 'Session'),
    eq(session.loginId, oidcPayloads.loginId),
    eq(session.uid, sql`(${oidcPayloads.payload} ->> 'sessionUid')`),
  )
  const found = database
    .select({
      payload: oidcPayloads.payload,
      consumedAt: oidcPayloads.consumedAt,
      /** The session that the row hangs on. */
      session: endsWithSession.has(type) ? session.payload : sql<unknown>`null`,
    })
    .from(oidcPayloads)
  return {
    find: (endsWithSession.has(type) ? found.leftJoin(session, isItsSession) : found)
      .where(isIt)
      .prepare(name('find')),
    upsert: database
      .insert(oidcPayloads)
      .values(row)
      .onConflictDoUpdate({
        target: [oidcPayloads.type, oidcPayloads.idHash],
        set: {
          payload: type === 'Session' ? mergedSession : sql`excluded.payload`,
          grantId: sql`excluded.grant_id`,
          uid: sql`excluded.uid`,
          userCode: sql`excluded.user_code`,
          loginId: sql`excluded.login_id`,
          expiresAt: sql`excluded.expires_at`,
        },
      })
      .prepare(name('upsert')),
    consume: database
      .update(oidcPayloads)
      .set({ consumedAt: sql`now()` })
      .where(and(isIt, isNull(oidcPayloads.consumedAt)))
      .returning({ type: oidcPayloads.type })
      .prepare(name('consume')),
  }
}

/**
 * Tabs that ask at the same time for several apps each add an app to what they have read, so what
 * another tab has added meanwhile is kept.
 */
const mergedSession = sql`excluded.payload || jsonb_build_object('authorizations',
  coalesce(${oidcPayloads.payload} -> 'authorizations', '{}'::jsonb) ||
  coalesce(excluded.payload -> 'authorizations', '{}'::jsonb))`
