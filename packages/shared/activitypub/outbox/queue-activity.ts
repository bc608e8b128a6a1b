import { sql } from 'drizzle-orm'
import { apDeliveries, apOutbox } from '../../models/activitypub-outbox.ts'
import type { Transaction } from '../../models/database.ts'

/** Says that there is something to send, or something has come; who misses it looks a little later. */
export const fediverseChannel = 'ap_work'

export interface OutgoingActivity {
  /** The same activity is queued once, however often it is tried. */
  readonly activityUri: string
  readonly profileId: string
  readonly type: string
  readonly objectUri: string
  readonly body: object
}

/** Stores what is to leave in the transaction of what it tells of. Returns undefined when it was there. */
export async function storeActivity(
  transaction: Transaction,
  { body, ...activity }: OutgoingActivity,
): Promise<number | undefined> {
  const [row] = await transaction
    .insert(apOutbox)
    .values({ ...activity, body: JSON.stringify(body) })
    .onConflictDoNothing({ target: apOutbox.activityUri })
    .returning({ id: apOutbox.id })
  return row?.id
}

/** To one inbox. */
export async function queueActivity(
  transaction: Transaction,
  activity: OutgoingActivity,
  inbox: string,
): Promise<void> {
  const outboxId = await storeActivity(transaction, activity)
  if (outboxId === undefined) return
  const { host } = new URL(inbox)
  const { objectUri } = activity
  await transaction.insert(apDeliveries).values({ outboxId, inbox, host, objectUri })
  await wakeWorkers(transaction)
}

export async function wakeWorkers(transaction: Transaction): Promise<void> {
  await transaction.execute(sql`select pg_notify(${fediverseChannel}, '')`)
}
