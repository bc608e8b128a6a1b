import { sql } from 'drizzle-orm'
import { apActivities, eventDeliveries } from '../models/activities.ts'
import type { Transaction } from '../models/database.ts'
import { type Activity, activitySchema, type NewActivity } from './activities.ts'
import { type Subscription, subscriptions } from './subscriptions.ts'

/** Says "look at the table", nothing else; whoever misses it looks a few seconds later. */
export const activityChannel = 'ap_activities'

/**
 * Tells the other services, in the transaction of what it tells of: both happen or neither. Returns
 * the activity's public id. Throws when the object already has an activity of that version, which
 * means that somebody else changed it at the same time.
 */
export async function emitActivity(
  transaction: Transaction,
  newActivity: NewActivity,
  table: readonly Subscription[] = subscriptions,
): Promise<string> {
  const activity = activitySchema.parse(newActivity)
  const [row] = await transaction
    .insert(apActivities)
    .values(activity)
    .returning({ id: apActivities.id, activityId: apActivities.activityId })
  if (!row) throw new Error('PostgreSQL did not return the activity that it stored')

  const { objectType, objectId, aggregateVersion } = activity
  const aggregate = aggregateVersion ? { objectType, objectId, aggregateVersion } : {}
  const deliveries = table
    .filter((line) => isAbout(line, activity))
    .map((line) => ({ activityId: row.id, handler: line.name, ...aggregate }))
  if (deliveries.length > 0) {
    await transaction.insert(eventDeliveries).values(deliveries)
    // PostgreSQL sends equal notifications of one transaction once, and only when it commits.
    await transaction.execute(sql`select pg_notify(${activityChannel}, '')`)
  }
  return row.activityId
}

function isAbout(line: Subscription, activity: Activity): boolean {
  const { types, objectTypes } = line
  return types.includes(activity.type) && (objectTypes?.includes(activity.objectType) ?? true)
}
