import { isMissingReference } from '@rose-ash/shared/infrastructure/sessions/missing-reference'
import { hashSecretId } from '@rose-ash/shared/secret-ids'
import { and, eq, isNull, ne, type SQL, sql } from 'drizzle-orm'
import {
  type Adapter,
  type AdapterFactory,
  type AdapterPayload,
  errors,
  Provider,
} from 'oidc-provider'
import { clientApps, type Database, oidcPayloads } from '../models/index.ts'
import { clientMetadata } from './clients.ts'
import { grantLoginId, isWithinGrace } from './grants.ts'

/**
 * Where oidc-provider keeps what it remembers. Ids are stored as hashes. `consume` compares and sets
 * in one statement, so that of any number of parallel redemptions exactly one wins.
 */
export function createAdapterFactory(options: AdapterOptions): AdapterFactory {
  return (type) => createAdapter(options, type)
}

export interface AdapterOptions {
  readonly database: Database
  /** Ends the sign-in that a session stands for: everything that hangs on it goes. */
  readonly endLogin: (loginId: string) => Promise<void>
}

function createAdapter({ database, endLogin }: AdapterOptions, type: string): Adapter {
  const withId = (id: string) =>
    and(eq(oidcPayloads.type, type), eq(oidcPayloads.idHash, hashSecretId(id)))

  async function findWhere(condition: SQL | undefined): Promise<AdapterPayload | undefined> {
    const [row] = await database
      .select({ payload: oidcPayloads.payload, consumedAt: oidcPayloads.consumedAt })
      .from(oidcPayloads)
      .where(condition)
    if (!row) return undefined
    const { consumedAt } = row
    if (consumedAt && isReuseForgiven(type, consumedAt)) {
      throw new errors.InvalidGrant('it has just been used')
    }
    const consumed = consumedAt && { consumed: Math.floor(consumedAt.getTime() / 1000) }
    return { ...(row.payload as AdapterPayload), ...consumed }
  }

  async function findClient(id: string): Promise<AdapterPayload | undefined> {
    const [app] = await database.select().from(clientApps).where(eq(clientApps.id, id))
    return app && clientMetadata(app)
  }

  return {
    async upsert(id, payload, expiresInSeconds) {
      // A session of nobody would be a row for every stranger.
      if (type === 'Session' && !payload.accountId && !payload.state) return
      const row = {
        payload: storedPayload(type, payload),
        grantId: type === 'Grant' ? id : (payload.grantId ?? null),
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
      if (type === 'Client') return findClient(id)
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
      if (type === 'Session' && isSigningOut()) {
        const session = await findWhere(withId(id))
        if (session?.uid) await endLogin(session.uid)
      }
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

/** Only at the token endpoint: everywhere else a used token is simply one that was used. */
function isReuseForgiven(type: string, consumedAt: Date): boolean {
  const isRedeemed = Provider.ctx?.oidc?.route === 'token'
  return type === 'RefreshToken' && isRedeemed && isWithinGrace(consumedAt)
}

/** Somebody leaves by way of an app, and means all of it (OpenID Connect RP-Initiated Logout). */
function isSigningOut(): boolean {
  const oidc = Provider.ctx?.oidc
  return oidc?.route === 'end_session_confirm' && Boolean(oidc.params?.['logout'])
}

/** Somebody has signed out while this was under way. A session is then simply not kept. */
function refuseEnded(type: string): void {
  if (type === 'Session') return
  if (type === 'AccessToken' || type === 'RefreshToken') {
    throw new errors.InvalidGrant('the sign-in has ended')
  }
  throw new errors.LoginRequired('the sign-in has ended')
}
