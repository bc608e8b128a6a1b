import { and, eq, gt, sql } from 'drizzle-orm'
import { apActivities, eventDeliveries } from '../models/activities.ts'
import type { Database, Transaction } from '../models/database.ts'
import { activitySchema } from './activities.ts'
import { type Claim, inSeconds } from './claim-deliveries.ts'
import type { EventHandler } from './subscriptions.ts'

/** `taken`: somebody else has it, because the lease was over. `outdated`: a later version is done. */
export type Outcome = 'done' | 'outdated' | 'taken'

/**
 * Marks the delivery done and runs the handler in one transaction. Throws what the handler throws,
 * with everything it wrote rolled back; `recordFailure` is the next step then.
 */
export function attemptDelivery(
  database: Database,
  claim: Claim,
  handle: EventHandler,
): Promise<Outcome> {
  return database.transaction(async (transaction) => {
    const delivery = await markDone(transaction, claim)
    if (!delivery) return 'taken'
    if (await isLaterVersionDone(transaction, delivery)) return 'outdated'
    const { activityId, createdAt } = delivery.activity
    const activity = activitySchema.parse(toActivity(delivery.activity))
    await handle(transaction, { ...activity, activityId, createdAt })
    return 'done'
  })
}

/** Puts the delivery off, or parks it when `retryInSeconds` is undefined. */
export async function recordFailure(
  database: Database,
  claim: Claim,
  failure: { reason: string; retryInSeconds: number | undefined },
): Promise<void> {
  const { reason, retryInSeconds } = failure
  await database
    .update(eventDeliveries)
    .set(
      retryInSeconds === undefined
        ? { state: 'parked', lastError: reason }
        : { nextAttemptAt: inSeconds(retryInSeconds), lastError: reason },
    )
    .where(isClaimed(claim))
}

/**
 * Comes before the effect, to save a query: nobody sees it before both commit. The row stays locked
 * as long as the handler runs, lease or no lease.
 */
async function markDone(transaction: Transaction, claim: Claim) {
  const [row] = await transaction
    .update(eventDeliveries)
    .set({ state: 'done', doneAt: sql`now()` })
    .from(apActivities)
    .where(and(isClaimed(claim), eq(apActivities.id, eventDeliveries.activityId)))
    .returning({
      handler: eventDeliveries.handler,
      objectType: eventDeliveries.objectType,
      objectId: eventDeliveries.objectId,
      aggregateVersion: eventDeliveries.aggregateVersion,
      activity: apActivities,
    })
  return row
}

type Delivery = Pick<
  typeof eventDeliveries.$inferSelect,
  'handler' | 'objectType' | 'objectId' | 'aggregateVersion'
>

/** Holds true only while no other claim was made: each one counts an attempt. */
function isClaimed({ deliveryId, attempt }: Claim) {
  return and(
    eq(eventDeliveries.id, deliveryId),
    eq(eventDeliveries.state, 'pending'),
    eq(eventDeliveries.attempts, attempt),
  )
}

async function isLaterVersionDone(transaction: Transaction, delivery: Delivery): Promise<boolean> {
  const { handler, objectType, objectId, aggregateVersion } = delivery
  if (objectType === null || objectId === null || aggregateVersion === null) return false
  // A replayed version may meet a later one that is being handled: one waits for the other here.
  const lockName = JSON.stringify([handler, objectType, objectId])
  await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${lockName}, 7673))`)
  const later = await transaction
    .select({ id: eventDeliveries.id })
    .from(eventDeliveries)
    .where(
      and(
        eq(eventDeliveries.handler, handler),
        eq(eventDeliveries.objectType, objectType),
        eq(eventDeliveries.objectId, objectId),
        gt(eventDeliveries.aggregateVersion, aggregateVersion),
        eq(eventDeliveries.state, 'done'),
      ),
    )
    .limit(1)
  return later.length > 0
}

function toActivity(row: typeof apActivities.$inferSelect): unknown {
  const { id: _id, activityId: _activityId, createdAt: _createdAt, ...activity } = row
  return { ...activity, aggregateVersion: row.aggregateVersion ?? undefined }
}
