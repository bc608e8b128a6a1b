import { and, eq, gt, lt, sql } from 'drizzle-orm'
import type { AppName } from '../../contracts/apps.ts'
import type { CurrentUser } from '../../contracts/visitor.ts'
import { users } from '../../models/accounts.ts'
import type { Database } from '../../models/database.ts'
import { sessions } from '../../models/sessions.ts'
import { createSecretId, hashSecretId } from '../../secret-ids.ts'
import { heldRoles } from '../../services/account/held-roles.ts'
import type { Cache } from '../cache/cache.ts'
import { isMissingReference } from '../database-refusals.ts'

/** A signed-in member's session at one app. */
export interface Session {
  readonly user: CurrentUser
  /** The sign-in at the authorization server that this session came from. */
  readonly loginId: string
  /** When the member last showed who they are, as milliseconds: the cache keeps JSON. */
  readonly authenticatedAt: number
  /** The `sid` of this app's ID tokens. */
  readonly sid: string
}

export interface NewSession {
  readonly userId: string
  readonly loginId: string
  readonly deviceId: string
  readonly sid: string
  readonly authenticatedAt: Date
}

/**
 * Sessions are rows in PostgreSQL; the cache only saves the query, for at most a minute, so that no
 * eviction and no restart signs anybody out. Nothing is written before somebody signs in.
 */
export interface SessionStore {
  /** Returns the secret id for the cookie; undefined when the sign-in has been ended meanwhile. */
  open(session: NewSession): Promise<string | undefined>
  find(id: string): Promise<Session | undefined>
  close(id: string): Promise<void>
  /** Ends what an ID token's `sid` stands for. */
  closeBySid(sid: string): Promise<void>
}

const lifetimeDays = 90
const cacheSeconds = 60

export function createSessionStore(options: {
  app: AppName
  database: Database
  cache: Cache
}): SessionStore {
  const { app, database, cache } = options

  async function load(idHash: string): Promise<Session | null> {
    const [row] = await database
      .select({
        loginId: sessions.loginId,
        sid: sessions.sid,
        authenticatedAt: sessions.authenticatedAt,
        seenAt: sessions.seenAt,
        user: {
          id: users.id,
          email: users.email,
          displayName: users.displayName,
          roles: heldRoles(),
        },
      })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(
        and(eq(sessions.idHash, idHash), eq(sessions.app, app), gt(sessions.expiresAt, sql`now()`)),
      )
    if (!row) return null
    await touch(idHash)
    const { user, loginId, sid } = row
    return { user, loginId, sid, authenticatedAt: row.authenticatedAt.getTime() }
  }

  /** At most once an hour and session: a page view should not cost a write. */
  async function touch(idHash: string): Promise<void> {
    await database
      .update(sessions)
      .set({ seenAt: sql`now()`, expiresAt: sql`now() + ${`${lifetimeDays} days`}::interval` })
      .where(and(eq(sessions.idHash, idHash), lt(sessions.seenAt, sql`now() - interval '1 hour'`)))
  }

  return {
    async open(session) {
      const id = createSecretId()
      try {
        await database.insert(sessions).values({
          idHash: hashSecretId(id),
          app,
          ...session,
          expiresAt: sql`now() + ${`${lifetimeDays} days`}::interval`,
        })
        return id
      } catch (error) {
        // Signed out on another tab a moment ago: ending a sign-in and using it exclude each other.
        if (isMissingReference(error)) return undefined
        throw error
      }
    },

    async find(id) {
      const idHash = hashSecretId(id)
      const session = await cache.getOrLoad(['session', idHash], () => load(idHash), {
        ttlSeconds: cacheSeconds,
        tags: (found) => sessionTags(app, idHash, found),
      })
      return session ?? undefined
    },

    async close(id) {
      const idHash = hashSecretId(id)
      await database.delete(sessions).where(eq(sessions.idHash, idHash))
      await cache.invalidateTags([`session:${idHash}`])
    },

    async closeBySid(sid) {
      await database.delete(sessions).where(and(eq(sessions.sid, sid), eq(sessions.app, app)))
      await cache.invalidateTags([sidTag(app, sid)])
    },
  }
}

/** Invalidate one of these and the next request asks PostgreSQL again. */
function sessionTags(app: AppName, idHash: string, session: Session | null): string[] {
  const tags = [`session:${idHash}`]
  if (!session) return tags
  tags.push(`login:${session.loginId}`, `user:${session.user.id}`)
  if (session.sid) tags.push(sidTag(app, session.sid))
  return tags
}

function sidTag(app: AppName, sid: string): string {
  return `sid:${app}:${sid}`
}
