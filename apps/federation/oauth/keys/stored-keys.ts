import type { Logger } from '@rose-ash/shared/infrastructure/log'
import { asc, sql } from 'drizzle-orm'
import {
  calculateJwkThumbprint,
  compactDecrypt,
  CompactEncrypt,
  errors,
  exportJWK,
  generateKeyPair,
  type JWK,
} from 'jose'
import { type Database, oidcKeys, type Transaction } from '../../models/index.ts'

export interface KeyOptions {
  readonly database: Database
  /** 32 bytes. The private parts are stored as JWE (RFC 7516) under it. */
  readonly encryptionKey: Buffer
  readonly log: Logger
}

/** A row of `oidc_keys` that opened under our key. */
export interface SigningKey {
  readonly kid: string
  /** With the private part. */
  readonly jwk: JWK
  readonly createdAt: Date
  /** Null: published, and signs nothing yet. */
  readonly signsSince: Date | null
  readonly retiredAt: Date | null
}

/** The keys by their place in life. Those made under another SECRET_KEY are in none. */
export interface KeySet {
  readonly current: SigningKey | undefined
  readonly next: SigningKey | undefined
  /** Sign nothing any more, and are still published; newest first. */
  readonly retired: readonly SigningKey[]
  /** Ids of rows that do not open. */
  readonly closed: readonly string[]
}

/** Any two numbers that nothing else in the platform locks on. */
const lockKeys = [7673, 2] as const

/** Of all processes, one at a time has the keys in its hands. */
export function withLockedKeys<Result>(
  { database }: Pick<KeyOptions, 'database'>,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  return database.transaction(async (transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(${lockKeys[0]}, ${lockKeys[1]})`)
    return work(transaction)
  })
}

export async function readKeySet(
  transaction: Transaction,
  { encryptionKey, log }: Omit<KeyOptions, 'database'>,
): Promise<KeySet> {
  const rows = await transaction.select().from(oidcKeys).orderBy(asc(oidcKeys.createdAt))
  const keys: SigningKey[] = []
  const closed: string[] = []
  for (const { kid, privateJwe, createdAt, signsSince, retiredAt } of rows) {
    const jwk = await openKey(privateJwe, encryptionKey)
    if (jwk) {
      keys.push({ kid, jwk, createdAt, signsSince, retiredAt })
      continue
    }
    log.warn({ kid }, 'a signing key was made under another SECRET_KEY and is not used')
    closed.push(kid)
  }
  const current = keys.findLast((key) => key.signsSince && !key.retiredAt)
  return {
    current,
    next: keys.find((key) => !key.signsSince),
    retired: keys.filter((key) => key.signsSince && key !== current).toReversed(),
    closed,
  }
}

/** Makes a key; `signsSince` is null for one that is to be next. */
export async function addKey(
  transaction: Transaction,
  { encryptionKey, log }: Omit<KeyOptions, 'database'>,
  times: Pick<SigningKey, 'createdAt' | 'signsSince'>,
): Promise<SigningKey> {
  const jwk = await createKey()
  const key = { kid: jwk.kid, jwk, ...times, retiredAt: null }
  await transaction.insert(oidcKeys).values({
    kid: jwk.kid,
    ...times,
    publicJwk: Object.fromEntries(publicMembers.map((member) => [member, jwk[member]])),
    privateJwe: await closeKey(jwk, encryptionKey),
  })
  log.info({ kid: jwk.kid, isNext: times.signsSince === null }, 'made a signing key')
  return key
}

const publicMembers = ['kty', 'crv', 'x', 'y', 'kid', 'alg', 'use'] as const

/** ES256; its id is its thumbprint (RFC 7638). */
async function createKey(): Promise<JWK & { kid: string }> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const key = await exportJWK(privateKey)
  return { ...key, kid: await calculateJwkThumbprint(key), alg: 'ES256', use: 'sig' }
}

function closeKey(key: JWK, encryptionKey: Buffer): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(key)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(new Uint8Array(encryptionKey))
}

async function openKey(privateJwe: string, encryptionKey: Buffer): Promise<JWK | undefined> {
  try {
    const { plaintext } = await compactDecrypt(privateJwe, new Uint8Array(encryptionKey))
    return JSON.parse(new TextDecoder().decode(plaintext)) as JWK
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined
    throw error
  }
}
