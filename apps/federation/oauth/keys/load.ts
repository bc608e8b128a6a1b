import { sql } from 'drizzle-orm'
import type { JWK } from 'jose'
import { type Database, oidcKeys, type Transaction } from '../../models/index.ts'
import {
  addKey,
  type KeyOptions,
  type KeySet,
  readKeySet,
  type SigningKey,
  withLockedKeys,
} from './stored-keys.ts'

export interface SigningKeys {
  /** With private parts. oidc-provider signs with the first that fits and publishes them all. */
  readonly jwks: readonly JWK[]
  /** Equal to `readKeysVersion` for as long as these are the keys. */
  readonly version: string
}

/** The signing keys. The first is made when it is first needed; of several processes one makes it. */
export function loadSigningKeys(options: KeyOptions): Promise<SigningKeys> {
  return withLockedKeys(options, async (transaction) => {
    const keySet = await readKeySet(transaction, options)
    const current = keySet.current ?? (await addFirstKey(transaction, options, new Date()))
    return {
      jwks: publishedKeys({ ...keySet, current }).map(({ jwk }) => jwk),
      version: await readKeysVersion(transaction),
    }
  })
}

/** For whoever has none under this SECRET_KEY yet: it signs at once. */
export function addFirstKey(
  transaction: Transaction,
  options: KeyOptions,
  now: Date,
): Promise<SigningKey> {
  return addKey(transaction, options, { createdAt: now, signsSince: now })
}

/** Cheap: which keys there are, and which of them signs. */
export async function readKeysVersion(database: Database | Transaction): Promise<string> {
  const { kid, signsSince, retiredAt } = oidcKeys
  const state = sql`concat(${kid}, ' ', ${signsSince} is null, ' ', ${retiredAt} is null)`
  const [row] = await database
    .select({ version: sql<string>`coalesce(string_agg(${state}, ', ' order by ${kid}), '')` })
    .from(oidcKeys)
  return row?.version ?? ''
}

function publishedKeys({ current, next, retired }: KeySet): readonly SigningKey[] {
  return [current, next, ...retired].filter((key) => key !== undefined)
}
