import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
  check,
  index,
  integer,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'
import { apActorProfiles } from './federation.ts'

/** What leaves, in the very words that are sent. */
export const apOutbox = pgTable(
  'ap_outbox',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    activityUri: text().notNull(),
    profileId: uuid()
      .notNull()
      .references(() => apActorProfiles.id, { onDelete: 'cascade' }),
    type: text().notNull(),
    objectUri: text().notNull(),
    body: text().notNull(),
    createdAt: instant().notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('ap_outbox_activity_unique').on(table.activityUri),
    index('ap_outbox_object').on(table.objectUri),
  ],
)

/** One row for each activity and inbox. Claimed as `ap_inbox` is. */
export const apDeliveries = pgTable(
  'ap_deliveries',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    outboxId: bigint({ mode: 'number' })
      .notNull()
      .references(() => apOutbox.id, { onDelete: 'cascade' }),
    inbox: text().notNull(),
    host: text().notNull(),
    /** A copy: what is about one object comes to an inbox in order. */
    objectUri: text().notNull(),
    state: text({ enum: ['queued', 'delivered', 'dropped', 'parked'] })
      .notNull()
      .default('queued'),
    attempts: integer().notNull().default(0),
    nextAttemptAt: instant().notNull().defaultNow(),
    lastStatus: integer(),
    lastError: text(),
    createdAt: instant().notNull().defaultNow(),
    doneAt: instant(),
  },
  (table) => [
    uniqueIndex('ap_deliveries_inbox_unique').on(table.outboxId, table.inbox),
    index('ap_deliveries_queued')
      .on(table.nextAttemptAt)
      .where(sql`state = 'queued'`),
    index('ap_deliveries_order').on(table.objectUri, table.inbox, table.outboxId),
    check('ap_deliveries_state', sql`state in ('queued', 'delivered', 'dropped', 'parked')`),
  ],
)
