import { and, asc, eq, sql } from 'drizzle-orm'
import { apActivities, eventDeliveries } from '../models/activities.ts'
import type { Database, Queryable } from '../models/database.ts'
import { activityChannel } from './emit-activity.ts'

/** A delivery that was given up and that an operator has to decide about. */
export interface ParkedDelivery {
  readonly deliveryId: number
  readonly handler: string
  readonly attempts: number
  readonly lastError: string
  readonly activityType: string
  readonly objectType: string
  readonly objectId: string
  readonly createdAt: Date
}

/** The oldest first, a hundred at most. */
export async function findParkedDeliveries(
  queryable: Queryable,
): Promise<readonly ParkedDelivery[]> {
  return queryable
    .select({
      deliveryId: eventDeliveries.id,
      handler: eventDeliveries.handler,
      attempts: eventDeliveries.attempts,
      lastError: sql<string>`coalesce(${eventDeliveries.lastError}, '')`,
      activityType: apActivities.type,
      objectType: apActivities.objectType,
      objectId: apActivities.objectId,
      createdAt: apActivities.createdAt,
    })
    .from(eventDeliveries)
    .innerJoin(apActivities, eq(apActivities.id, eventDeliveries.activityId))
    .where(sql`${eventDeliveries.state} = 'parked'`)
    .orderBy(asc(eventDeliveries.id))
    .limit(100)
}

/** Lets a parked delivery start again from its first attempt. False when it is not parked. */
export function replayDelivery(database: Database, deliveryId: number): Promise<boolean> {
  return database.transaction(async (transaction) => {
    const replayed = await transaction
      .update(eventDeliveries)
      .set({ state: 'pending', attempts: 0, nextAttemptAt: sql`now()` })
      .where(and(eq(eventDeliveries.id, deliveryId), eq(eventDeliveries.state, 'parked')))
      .returning({ id: eventDeliveries.id })
    await transaction.execute(sql`select pg_notify(${activityChannel}, '')`)
    return replayed.length > 0
  })
}
