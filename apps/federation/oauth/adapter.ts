import { hashSecretId } from '@rose-ash/shared/infrastructure/keys'
import { isMissingReference } from '@rose-ash/shared/infrastructure/sessions/missing-reference'
import { and, eq, isNull, ne, type SQL, sql } from 'drizzle-orm'
import { type Adapter, type AdapterFactory, type AdapterPayload, errors } from 'oidc-provider'
import { type Database, oidcPayloads } from '../models/index.ts'

/**
 * Where oidc-provider keeps what it remembers. Ids are stored as hashes. `consume` compares and sets
 * in one statement, so that of any number of parallel redemptions exactly one wins.
 */
export function createAdapterFactory(database: Database): AdapterFactory {
  return (type) => createAdapter(database, type)
}

function createAdapter(database: Database, type: string): Adapter {
  const withId = (id: string) =>
    and(eq(oidcPayloads.type, type), eq(oidcPayloads.idHash, hashSecretId(id)))

  async function findWhere(condition: SQL | undefined): Promise<AdapterPayload | undefined> {
    const [row] = await database
      .select({ payload: oidcPayloads.payload, consumedAt: oidcPayloads.consumedAt })
      .from(oidcPayloads)
      .where(condition)
    if (!row) return undefined
    const consumed = row.consumedAt && { consumed: Math.floor(row.consumedAt.getTime() / 1000) }
    return { ...(row.payload as AdapterPayload), ...consumed }
  }

  return {
    async upsert(id, payload, expiresInSeconds) {
      // A session of nobody would be a row for every stranger.
      if (type === 'Session' && !payload.accountId && !payload.state) return
      const row = {
        payload: storedPayload(type, payload),
        grantId: payload.grantId ?? null,
        uid: payload.uid ?? null,
        userCode: payload.userCode ?? null,
        loginId: loginIdOf(type, id, payload),
        expiresAt: expiresInSeconds ? new Date(Date.now() + expiresInSeconds * 1000) : null,
      }
      try {
        await database
          .insert(oidcPayloads)
          .values({ type, idHash: hashSecretId(id), ...row })
          .onConflictDoUpdate({
            target: [oidcPayloads.type, oidcPayloads.idHash],
            set: type === 'Session' ? { ...row, payload: mergedSession } : row,
          })
      } catch (error) {
        if (!isMissingReference(error)) throw error
        refuseEnded(type)
      }
    },

    async find(id) {
      const payload = await findWhere(withId(id))
      return payload && { ...payload, jti: id }
    },
    findByUid: (uid) => findWhere(and(eq(oidcPayloads.type, type), eq(oidcPayloads.uid, uid))),
    findByUserCode: (userCode) =>
      findWhere(and(eq(oidcPayloads.type, type), eq(oidcPayloads.userCode, userCode))),

    async consume(id) {
      const consumed = await database
        .update(oidcPayloads)
        .set({ consumedAt: sql`now()` })
        .where(and(withId(id), isNull(oidcPayloads.consumedAt)))
        .returning({ type: oidcPayloads.type })
      if (consumed.length === 0) throw new errors.InvalidGrant('it has been used already')
    },

    async destroy(id) {
      await database.delete(oidcPayloads).where(withId(id))
    },
    async revokeByGrantId(grantId) {
      await database
        .delete(oidcPayloads)
        .where(and(eq(oidcPayloads.grantId, grantId), ne(oidcPayloads.type, 'Grant')))
    },
  }
}

/**
 * Tabs that ask at the same time for several apps each add an app to what they have read, so what
 * another tab has added meanwhile is kept.
 */
const mergedSession = sql`excluded.payload || jsonb_build_object('authorizations',
  coalesce(${oidcPayloads.payload} -> 'authorizations', '{}'::jsonb) ||
  coalesce(excluded.payload -> 'authorizations', '{}'::jsonb))`

/** Without the id, which is the secret. A device code is found by its user code and saved again, so it needs it. */
function storedPayload(type: string, payload: AdapterPayload): AdapterPayload {
  const { jti, consumed: _consumed, ...stored } = payload
  return type === 'DeviceCode' && jti ? { ...stored, jti } : stored
}

/** The sign-in that it ends with. What outlives a sign-in, `offline_access` for example, has none. */
function loginIdOf(type: string, id: string, payload: AdapterPayload): string | null {
  if (type === 'Session') return payload.accountId ? (payload.uid ?? null) : null
  if (type === 'Grant') return grantLoginId(id)
  return payload.expiresWithSession ? (payload.sessionUid ?? null) : null
}

/** Our own apps' grants: one for each sign-in and app, the same for all tabs. See `grantLoginId`. */
export function firstPartyGrantId(loginId: string, clientId: string): string {
  return `${loginId}.${clientId}`
}

/** Ids that oidc-provider makes hold no dot. */
function grantLoginId(grantId: string): string | null {
  const dot = grantId.indexOf('.')
  return dot < 0 ? null : grantId.slice(0, dot)
}

/** Somebody has signed out while this was under way. A session is then simply not kept. */
function refuseEnded(type: string): void {
  if (type === 'Session') return
  if (type === 'AccessToken' || type === 'RefreshToken') {
    throw new errors.InvalidGrant('the sign-in has ended')
  }
  throw new errors.LoginRequired('the sign-in has ended')
}
