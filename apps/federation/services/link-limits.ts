import { and, eq, gt, sql } from 'drizzle-orm'
import { loginRequests, type Transaction } from '../models/index.ts'

/** Why no link is sent just now. */
export type LinkLimit =
  | { readonly status: 'too-soon'; readonly secondsLeft: number }
  | { readonly status: 'too-many'; readonly by: 'address' | 'network' }

export interface LinkHashes {
  readonly addressHash: string
  readonly networkHash: string
}

const perHour = { address: 5, network: 20 } as const
export const resendSeconds = 30

/**
 * Exact also when several ask at once: those for one address, or from one network, wait for each
 * other until the transaction ends.
 */
export async function findLimit(
  transaction: Transaction,
  { addressHash, networkHash }: LinkHashes,
): Promise<LinkLimit | undefined> {
  // Always in the same order, or two could wait for each other for ever.
  for (const hash of [addressHash, networkHash].toSorted()) {
    await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${hash}, 0))`)
  }
  const hourAgo = gt(loginRequests.requestedAt, sql`now() - interval '1 hour'`)
  const count = { count: sql<number>`count(*)::int` }
  const [address] = await transaction
    .select({
      ...count,
      secondsSince: sql<number | null>`extract(epoch from now() - max(${loginRequests.requestedAt}))::float`,
    })
    .from(loginRequests)
    .where(and(eq(loginRequests.addressHash, addressHash), hourAgo))
  const [network] = await transaction
    .select(count)
    .from(loginRequests)
    .where(and(eq(loginRequests.networkHash, networkHash), hourAgo))

  const secondsSince = address?.secondsSince ?? resendSeconds
  if (secondsSince < resendSeconds) {
    return { status: 'too-soon', secondsLeft: Math.ceil(resendSeconds - secondsSince) }
  }
  if ((address?.count ?? 0) >= perHour.address) return { status: 'too-many', by: 'address' }
  if ((network?.count ?? 0) >= perHour.network) return { status: 'too-many', by: 'network' }
  return undefined
}
