import type { DatabaseConnection } from '@rose-ash/shared/infrastructure/database'
import { isMissingReference } from '@rose-ash/shared/infrastructure/database-refusals'
import { hashSecretId } from '@rose-ash/shared/secret-ids'
import { and, eq, ne, type SQL } from 'drizzle-orm'
import { type Adapter, type AdapterFactory, type AdapterPayload, errors } from 'oidc-provider'
import { clientApps, oidcPayloads } from '../models/index.ts'
import { clientMetadata } from './clients.ts'
import { firstPartyGrantPayload, isFirstPartyGrant } from './grants.ts'
import { createPayloadRows, type PayloadRows } from './payload-rows.ts'
import { keepCode, rememberSession, requestMemory, takeCode } from './request-memory.ts'
import { isReuseForgiven, isSigningOut } from './request-purpose.ts'
import { type SealedCodes, sessionOf } from './sealed-codes.ts'
import { createStatements } from './statements.ts'
import { isHardlyChanged, loginIdOf, storedPayload } from './stored-payload.ts'

/**
 * Where oidc-provider keeps what it remembers. Ids are stored as hashes. `consume` compares and sets
 * in one statement, so that of any number of parallel redemptions exactly one wins; at the token
 * endpoint a code is consumed by the statement that writes its access token. Of a sealed code only that
 * it is consumed is kept, until it has run out.
 */
export function createAdapterFactory(options: AdapterOptions): AdapterFactory {
  const rows = createPayloadRows(options.connection.pool)
  return (type) => createAdapter({ ...options, rows }, type)
}

export interface AdapterOptions {
  readonly connection: Pick<DatabaseConnection, 'database' | 'pool'>
  readonly codes: SealedCodes
  /** Ends the sign-in that a session stands for: everything that hangs on it goes. */
  readonly endLogin: (loginId: string) => Promise<void>
}

function createAdapter(
  options: AdapterOptions & { readonly rows: PayloadRows },
  type: string,
): Adapter {
  const { rows, codes, endLogin } = options
  const { database } = options.connection
  const statements = createStatements(database, type)
  const withId = (id: string) =>
    and(eq(oidcPayloads.type, type), eq(oidcPayloads.idHash, hashSecretId(id)))

  async function findWhere(condition: SQL | undefined): Promise<AdapterPayload | undefined> {
    const [row] = await database
      .select({ payload: oidcPayloads.payload, consumedAt: oidcPayloads.consumedAt })
      .from(oidcPayloads)
      .where(condition)
    return row && readRow(type, row)
  }

  async function findById(id: string): Promise<AdapterPayload | undefined> {
    const row = await rows.find({ type, idHash: hashSecretId(id) })
    if (!row) return undefined
    const payload = { ...readRow(type, row), jti: id }
    const memory = requestMemory()
    // The provider changes what it is given.
    if (type === 'Session') memory?.sessions.set(id, structuredClone(payload))
    else rememberSession(payload, row.session ?? undefined)
    return payload
  }

  /** Its session is as it was when the code was made; whether that has ended is found out by writing. */
  function openCode(code: string): AdapterPayload | undefined {
    const memory = requestMemory()
    const known = memory?.sealed.get(code)
    if (known) return known
    const payload = codes.open(code)
    if (!payload) return undefined
    memory?.sealed.set(code, payload)
    rememberSession(payload, sessionOf(payload))
    return payload
  }

  async function revokeByGrantId(grantId: string): Promise<void> {
    await database
      .delete(oidcPayloads)
      .where(and(eq(oidcPayloads.grantId, grantId), ne(oidcPayloads.type, 'Grant')))
  }

  /** Who shows a code again may have stolen it, and so may who showed it first (RFC 6749, 4.1.2). */
  async function refuseUsed(grantId: string | undefined): Promise<never> {
    if (grantId) await revokeByGrantId(grantId)
    throw new errors.InvalidGrant(usedAlready)
  }

  async function findClient(id: string): Promise<AdapterPayload | undefined> {
    const [app] = await database.select().from(clientApps).where(eq(clientApps.id, id))
    return app && clientMetadata(app)
  }

  return {
    async upsert(id, payload, expiresInSeconds) {
      // A session of nobody would be a row for every stranger.
      if (type === 'Session' && !payload.accountId && !payload.state) return
      if (type === 'Session' && isHardlyChanged(requestMemory()?.sessions.get(id), payload)) return
      const row = {
        idHash: hashSecretId(id),
        payload: storedPayload(type, payload),
        uid: payload.uid ?? null,
        loginId: loginIdOf(type, payload),
        expiresAt: expiresInSeconds ? new Date(Date.now() + expiresInSeconds * 1000) : null,
      }
      try {
        if (type === 'Session') {
          await statements.saveSession.execute(row)
          return
        }
        const code = type === 'AccessToken' ? takeCode() : undefined
        const isSaved = await rows.save({
          type,
          ...row,
          grantId: type === 'Grant' ? id : (payload.grantId ?? null),
          userCode: payload.userCode ?? null,
          codeHash: code?.hash,
          sealedUntil: code?.sealedUntil,
        })
        if (!isSaved) await refuseUsed(payload.grantId)
      } catch (error) {
        if (!isMissingReference(error)) throw error
        refuseEnded(type)
      }
    },

    async find(id) {
      if (type === 'Client') return findClient(id)
      if (type === 'Grant' && isFirstPartyGrant(id)) return firstPartyGrant(id)
      return (type === 'AuthorizationCode' ? openCode(id) : undefined) ?? findById(id)
    },

    async findByUid(uid) {
      const known = requestMemory()?.sessionsOfTokens
      if (type === 'Session' && known?.has(uid)) return known.get(uid)
      return findWhere(and(eq(oidcPayloads.type, type), eq(oidcPayloads.uid, uid)))
    },
    findByUserCode: (userCode) =>
      findWhere(and(eq(oidcPayloads.type, type), eq(oidcPayloads.userCode, userCode))),

    async consume(id) {
      const hash = hashSecretId(id)
      const sealed = type === 'AuthorizationCode' ? openCode(id) : undefined
      const sealedUntil = sealed?.exp ? new Date(sealed.exp * 1000) : undefined
      const consume = () =>
        sealedUntil
          ? statements.markUsed.execute({ idHash: hash, expiresAt: sealedUntil })
          : statements.consume.execute({ idHash: hash })
      if (type === 'AuthorizationCode' && keepCode({ hash, sealedUntil, consume })) return
      if ((await consume()).length === 0) throw new errors.InvalidGrant(usedAlready)
    },

    async destroy(id) {
      if (type === 'Session' && isSigningOut()) {
        const session = await findWhere(withId(id))
        if (session?.uid) await endLogin(session.uid)
      }
      await database.delete(oidcPayloads).where(withId(id))
    },
    revokeByGrantId,
  }
}

const usedAlready = 'it has been used already'

function readRow(
  type: string,
  { payload, consumedAt }: { readonly payload: unknown; readonly consumedAt: Date | null },
): AdapterPayload {
  if (consumedAt && isReuseForgiven(type, consumedAt)) {
    throw new errors.InvalidGrant('it has just been used')
  }
  const consumed = consumedAt && { consumed: Math.floor(consumedAt.getTime() / 1000) }
  return { ...(payload as AdapterPayload), ...consumed }
}

/** Of our own apps' grants nothing is kept: they are what the sign-in is, and it was read just before. */
function firstPartyGrant(id: string): AdapterPayload | undefined {
  const accountId = requestMemory()?.accountsOfGrants.get(id)
  return accountId === undefined ? undefined : { ...firstPartyGrantPayload(id), accountId }
}

/** Somebody has signed out while this was under way. A session is then simply not kept. */
function refuseEnded(type: string): void {
  if (type === 'Session') return
  if (type === 'AccessToken' || type === 'RefreshToken') {
    throw new errors.InvalidGrant('the sign-in has ended')
  }
  throw new errors.LoginRequired('the sign-in has ended')
}
