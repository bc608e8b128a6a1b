import { and, eq, gt, type SQL, sql } from 'drizzle-orm'
import { loginRequests, loginTokens, type Transaction } from '../models/index.ts'

/** Why no link is sent just now. */
export type LinkLimit =
  | { readonly status: 'too-soon'; readonly secondsLeft: number }
  | { readonly status: 'too-many'; readonly by: 'address' | 'network' }

export interface LinkAsker {
  readonly email: string
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
  { email, addressHash, networkHash }: LinkAsker,
): Promise<LinkLimit | undefined> {
  // Always in the same order, or two could wait for each other for ever.
  for (const hash of [addressHash, networkHash].toSorted()) {
    await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${hash}, 0))`)
  }
  const secondsSince = await secondsSinceLastMail(transaction, email)
  if (secondsSince < resendSeconds) {
    return { status: 'too-soon', secondsLeft: Math.ceil(resendSeconds - secondsSince) }
  }
  const lastHour = async (ofAsker: SQL) => {
    const [row] = await transaction
      .select({ count: sql<number>`count(*)::int` })
      .from(loginRequests)
      .where(and(ofAsker, gt(loginRequests.requestedAt, sql`now() - interval '1 hour'`)))
    return row?.count ?? 0
  }
  if ((await lastHour(eq(loginRequests.addressHash, addressHash))) >= perHour.address) {
    return { status: 'too-many', by: 'address' }
  }
  if ((await lastHour(eq(loginRequests.networkHash, networkHash))) >= perHour.network) {
    return { status: 'too-many', by: 'network' }
  }
  return undefined
}

/** Of a link that was not used: whoever has signed in may do so on the next device at once. */
async function secondsSinceLastMail(transaction: Transaction, email: string): Promise<number> {
  const [row] = await transaction
    .select({
      seconds: sql<
        number | null
      >`extract(epoch from now() - max(${loginTokens.requestedAt}))::float`,
    })
    .from(loginTokens)
    .where(eq(sql`lower(${loginTokens.email})`, email.toLowerCase()))
  return row?.seconds ?? Number.POSITIVE_INFINITY
}
