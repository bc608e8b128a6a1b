import { createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { and, eq, isNull, sql } from 'drizzle-orm'
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
  const known = new Map<string, { readonly id: string; readonly key: SigningKey }>()

  /** Opening costs more than asking, and the row says whether it is still the one that signs. */
  function open({ id, publicPem, sealedPrivatePem }: typeof apKeys.$inferSelect) {
    const last = known.get(id)
    if (last) return last.key
    const pem = secrets.open(sealedPrivatePem)
    if (pem === undefined) return undefined
    const key = { publicPem, privateKey: createPrivateKey(pem) }
    known.set(id, { id, key })
    return key
  }

  async function replace(profileId: string): Promise<SigningKey> {
    const pair = await createPair()
    return database.transaction(async (transaction) => {
      // Two processes that find none at once must not publish two.
      await transaction.execute(
        sql`select pg_advisory_xact_lock(hashtextextended(${`ap-key ${profileId}`}, 0))`,
      )
      const current = await findCurrent(transaction, profileId)
      const usable = current && open(current)
      if (usable) return usable
      if (current) {
        await transaction
          .update(apKeys)
          .set({ retiredAt: sql`now()` })
          .where(eq(apKeys.id, current.id))
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
      const current = await findCurrent(database, profileId)
      return (current && open(current)) ?? replace(profileId)
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
