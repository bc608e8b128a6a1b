import { createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import type { StoredSecrets } from '../infrastructure/stored-secrets.ts'
import { apKeys } from '../models/activitypub.ts'
import type { Database, Transaction } from '../models/database.ts'

export interface SigningKey {
  readonly publicPem: string
  readonly privateKey: KeyObject
}

/** Keys of profiles, made when they are first needed. */
export interface SigningKeys {
  get(profileId: string): Promise<SigningKey>
}

/** What Mastodon uses; signing with 4096 bits costs five times as much and proves no more. */
const modulusLength = 2048

/** A process may sign so long with a key that another has retired: servers still have the old one. */
const rememberedMilliseconds = 60_000

/**
 * A key that was sealed under another SECRET_KEY is retired and another takes its place: other servers
 * ask for the new one when the first signature does not fit the old.
 */
export function createSigningKeys({
  database,
  secrets,
}: {
  readonly database: Database
  readonly secrets: StoredSecrets
}): SigningKeys {
  const current = new LRUCache<string, SigningKey>({ max: 1000, ttl: rememberedMilliseconds })

  function open({ publicPem, sealedPrivatePem }: typeof apKeys.$inferSelect) {
    const pem = secrets.open(sealedPrivatePem)
    return pem === undefined ? undefined : { publicPem, privateKey: createPrivateKey(pem) }
  }

  async function replace(profileId: string): Promise<SigningKey> {
    const pair = await createPair()
    return database.transaction(async (transaction) => {
      // Two processes that find none at once must not publish two.
      await transaction.execute(
        sql`select pg_advisory_xact_lock(hashtextextended(${`ap-key ${profileId}`}, 0))`,
      )
      const row = await findCurrent(transaction, profileId)
      const usable = row && open(row)
      if (usable) return usable
      if (row) {
        await transaction
          .update(apKeys)
          .set({ retiredAt: sql`now()` })
          .where(eq(apKeys.id, row.id))
      }
      await transaction.insert(apKeys).values({
        profileId,
        kind: 'rsa2048',
        publicPem: pair.publicKey,
        sealedPrivatePem: secrets.seal(pair.privateKey),
      })
      return { publicPem: pair.publicKey, privateKey: createPrivateKey(pair.privateKey) }
    })
  }

  return {
    async get(profileId) {
      const remembered = current.get(profileId)
      if (remembered) return remembered
      const row = await findCurrent(database, profileId)
      const key = (row && open(row)) ?? (await replace(profileId))
      current.set(profileId, key)
      return key
    },
  }
}

async function findCurrent(database: Database | Transaction, profileId: string) {
  const [key] = await database
    .select()
    .from(apKeys)
    .where(and(eq(apKeys.profileId, profileId), isNull(apKeys.retiredAt)))
  return key
}

function createPair() {
  return promisify(generateKeyPair)('rsa', {
    modulusLength,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
}
