import { aliasedTable, and, eq, lt, lte, notExists, type SQL, sql } from 'drizzle-orm'
import { eventDeliveries } from '../models/activities.ts'
import type { Database } from '../models/database.ts'

/** A delivery that is this processor's until the lease is over. `attempt` counts from 1. */
export interface Claim {
  readonly deliveryId: number
  readonly handler: string
  readonly attempt: number
}

/**
 * Takes up to `limit` deliveries of one handler that are due, the longest due first. No other
 * processor gets them before the lease is over; when this process dies, they come back then. A
 * delivery waits for every earlier version of its object that is still pending.
 */
export async function claimDeliveries(
  database: Database,
  options: { handler: string; limit: number; leaseSeconds: number },
): Promise<readonly Claim[]> {
  const { handler, limit, leaseSeconds } = options
  const earlier = aliasedTable(eventDeliveries, 'earlier')
  const pendingEarlierVersion = database
    .select({ one: sql`1` })
    .from(earlier)
    .where(
      and(
        eq(earlier.handler, eventDeliveries.handler),
        eq(earlier.objectType, eventDeliveries.objectType),
        eq(earlier.objectId, eventDeliveries.objectId),
        lt(earlier.aggregateVersion, eventDeliveries.aggregateVersion),
        sql`${earlier.state} = 'pending'`,
      ),
    )
  const due = database.$with('due').as(
    database
      .select({ id: eventDeliveries.id })
      .from(eventDeliveries)
      .where(
        and(
          eq(eventDeliveries.handler, handler),
          // Written out, so that the planner recognises the partial index.
          sql`${eventDeliveries.state} = 'pending'`,
          lte(eventDeliveries.nextAttemptAt, sql`now()`),
          notExists(pendingEarlierVersion),
        ),
      )
      .orderBy(eventDeliveries.nextAttemptAt, eventDeliveries.id)
      .limit(limit)
      .for('update', { skipLocked: true }),
  )
  return database
    .with(due)
    .update(eventDeliveries)
    .set({
      attempts: sql`${eventDeliveries.attempts} + 1`,
      nextAttemptAt: inSeconds(leaseSeconds),
    })
    .from(due)
    .where(eq(eventDeliveries.id, due.id))
    .returning({
      deliveryId: eventDeliveries.id,
      handler: eventDeliveries.handler,
      attempt: eventDeliveries.attempts,
    })
}

/** So many seconds from now, by the database's clock. */
export function inSeconds(seconds: number): SQL {
  return sql`now() + make_interval(secs => ${seconds}::double precision)`
}
