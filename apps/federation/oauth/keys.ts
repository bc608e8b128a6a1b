import type { Logger } from '@rose-ash/shared/infrastructure/log'
import { asc, isNull, sql } from 'drizzle-orm'
import {
  calculateJwkThumbprint,
  compactDecrypt,
  CompactEncrypt,
  errors,
  exportJWK,
  generateKeyPair,
  type JWK,
} from 'jose'
import { type Database, oidcKeys } from '../models/index.ts'

/** Any two numbers that nothing else in the platform locks on. */
const lockKeys = [7673, 2] as const

const publicMembers = ['kty', 'crv', 'x', 'y', 'kid', 'alg', 'use'] as const

/**
 * The ES256 signing keys, newest first. The first is made when it is first needed; of several
 * processes one makes it. The private parts are stored as JWE under `encryptionKey` (32 bytes).
 */
export async function loadSigningKeys(options: {
  database: Database
  encryptionKey: Buffer
  log: Logger
}): Promise<JWK[]> {
  const { database, log } = options
  const encryptionKey = new Uint8Array(options.encryptionKey)

  return database.transaction(async (transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(${lockKeys[0]}, ${lockKeys[1]})`)
    const rows = await transaction
      .select()
      .from(oidcKeys)
      .where(isNull(oidcKeys.retiredAt))
      .orderBy(asc(oidcKeys.createdAt))
    const keys: JWK[] = []
    for (const { kid, privateJwe } of rows) {
      const key = await openKey(privateJwe, encryptionKey)
      if (key) keys.unshift(key)
      else log.warn({ kid }, 'a signing key was made under another SECRET_KEY and is not used')
    }
    if (keys.length > 0) return keys

    const key = await createKey()
    await transaction.insert(oidcKeys).values({
      kid: key.kid!,
      publicJwk: Object.fromEntries(publicMembers.map((member) => [member, key[member]])),
      privateJwe: await closeKey(key, encryptionKey),
    })
    log.info({ kid: key.kid }, 'made a signing key')
    return [key]
  })
}

async function createKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const key = await exportJWK(privateKey)
  return { ...key, kid: await calculateJwkThumbprint(key), alg: 'ES256', use: 'sig' }
}

function closeKey(key: JWK, encryptionKey: Uint8Array): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(key)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(encryptionKey)
}

async function openKey(privateJwe: string, encryptionKey: Uint8Array): Promise<JWK | undefined> {
  try {
    const { plaintext } = await compactDecrypt(privateJwe, encryptionKey)
    return JSON.parse(new TextDecoder().decode(plaintext)) as JWK
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined
    throw error
  }
}
