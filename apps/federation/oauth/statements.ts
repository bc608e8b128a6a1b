import { and, eq, isNull, sql } from 'drizzle-orm'
import { type Database, oidcPayloads } from '../models/index.ts'

/** The statements that one type has to itself, prepared once a connection. */
// oxlint-disable-next-line typescript/explicit-module-boundary-types -- two prepared queries, each of its own type
export function createStatements(database: Database, type: string) {
  const idHash = sql.placeholder('idHash')
  return {
    saveSession: database
      .insert(oidcPayloads)
      .values({
        type: 'Session',
        idHash,
        payload: sql.placeholder('payload'),
        uid: sql.placeholder('uid'),
        loginId: sql.placeholder('loginId'),
        // Drizzle's own encoding of instants knows no null.
        expiresAt: sql`${sql.placeholder('expiresAt')}`,
      })
      .onConflictDoUpdate({
        target: [oidcPayloads.type, oidcPayloads.idHash],
        set: {
          payload: mergedSession,
          uid: sql`excluded.uid`,
          loginId: sql`excluded.login_id`,
          expiresAt: sql`excluded.expires_at`,
        },
      })
      .prepare('oidc-save-session'),
    /** Says that a sealed code is used up. */
    markUsed: database
      .insert(oidcPayloads)
      .values({
        type,
        idHash,
        payload: {},
        expiresAt: sql`${sql.placeholder('expiresAt')}`,
        consumedAt: sql`now()`,
      })
      .onConflictDoNothing()
      .returning({ type: oidcPayloads.type })
      .prepare(`oidc-mark-used-${type}`),
    consume: database
      .update(oidcPayloads)
      .set({ consumedAt: sql`now()` })
      .where(
        and(
          eq(oidcPayloads.type, type),
          eq(oidcPayloads.idHash, idHash),
          isNull(oidcPayloads.consumedAt),
        ),
      )
      .returning({ type: oidcPayloads.type })
      .prepare(`oidc-consume-${type}`),
  }
}

/**
 * Tabs that ask at the same time for several apps each add an app to what they have read, so what
 * another tab has added meanwhile is kept.
 */
const mergedSession = sql`excluded.payload || jsonb_build_object('authorizations',
  coalesce(${oidcPayloads.payload} -> 'authorizations', '{}'::jsonb) ||
  coalesce(excluded.payload -> 'authorizations', '{}'::jsonb))`
