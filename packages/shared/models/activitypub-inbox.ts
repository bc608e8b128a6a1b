import { sql } from 'drizzle-orm'
import { bigserial, check, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/**
 * What other servers have sent, each once. Claimed as `event_deliveries` are: a pending row whose
 * `nextAttemptAt` lies a lease ahead. Of what is done only the names stay, to know it again.
 */
export const apInbox = pgTable(
  'ap_inbox',
  {
    activityUri: text().primaryKey(),
    /** The order of arrival: what one actor has sent is handled in it. */
    id: bigserial({ mode: 'number' }).notNull(),
    type: text().notNull(),
    actorUri: text().notNull(),
    /** Of what it is about, when that has a name: a deletion may come before what it deletes. */
    objectUri: text(),
    body: jsonb(),
    state: text({ enum: ['pending', 'done', 'refused', 'parked'] })
      .notNull()
      .default('pending'),
    attempts: integer().notNull().default(0),
    nextAttemptAt: instant().notNull().defaultNow(),
    /** Why it was refused, or failed the last time. */
    reason: text(),
    receivedAt: instant().notNull().defaultNow(),
  },
  (table) => [
    index('ap_inbox_pending')
      .on(table.nextAttemptAt)
      .where(sql`state = 'pending'`),
    index('ap_inbox_order')
      .on(table.actorUri, table.id)
      .where(sql`state = 'pending'`),
    index('ap_inbox_object').on(table.objectUri),
    index('ap_inbox_received').on(table.receivedAt),
    check('ap_inbox_state', sql`state in ('pending', 'done', 'refused', 'parked')`),
  ],
)
