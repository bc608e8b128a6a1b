import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/**
 * What has happened, in the words of ActivityStreams. `internal` activities stay between the
 * services; `public` ones leave the platform too. Rows are written by `emitActivity` in the
 * transaction of what they tell of, and never changed. `id` says nothing about the order of commits.
 */
export const apActivities = pgTable(
  'ap_activities',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    activityId: uuid().notNull().defaultRandom(),
    type: text().notNull(),
    /** Null when nobody in particular did it: a schedule, an import. */
    actorUserId: uuid(),
    originApp: text().notNull(),
    visibility: text({ enum: ['internal', 'public'] }).notNull(),
    objectType: text().notNull(),
    objectId: text().notNull(),
    /** Counts the changes of the object, where their order matters. */
    aggregateVersion: integer(),
    /** Ids and public words only: never a secret, never anybody's address. */
    payload: jsonb().notNull(),
    createdAt: instant().notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('ap_activities_activity_id_unique').on(table.activityId),
    uniqueIndex('ap_activities_version_unique')
      .on(table.objectType, table.objectId, table.aggregateVersion)
      .where(sql`aggregate_version is not null`),
    check('ap_activities_visibility', sql`visibility in ('internal', 'public')`),
  ],
)

/**
 * One row for each activity and each handler that subscribes to it. A claimed row is a pending one
 * whose `nextAttemptAt` lies a lease ahead; `attempts` is counted when it is claimed, and tells a
 * processor that came back late that the claim is no longer its own.
 */
export const eventDeliveries = pgTable(
  'event_deliveries',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    activityId: bigint({ mode: 'number' })
      .notNull()
      .references(() => apActivities.id, { onDelete: 'cascade' }),
    handler: text().notNull(),
    state: text({ enum: ['pending', 'done', 'parked'] })
      .notNull()
      .default('pending'),
    attempts: integer().notNull().default(0),
    nextAttemptAt: instant().notNull().defaultNow(),
    lastError: text(),
    doneAt: instant(),
    /** Copies of the activity's, set only when it has a version: what keeps deliveries in order. */
    objectType: text(),
    objectId: text(),
    aggregateVersion: integer(),
  },
  (table) => [
    uniqueIndex('event_deliveries_activity_unique').on(table.activityId, table.handler),
    index('event_deliveries_pending')
      .on(table.handler, table.nextAttemptAt, table.id)
      .where(sql`state = 'pending'`),
    index('event_deliveries_order')
      .on(table.handler, table.objectType, table.objectId, table.state, table.aggregateVersion)
      .where(sql`aggregate_version is not null`),
    index('event_deliveries_parked')
      .on(table.id)
      .where(sql`state = 'parked'`),
    check('event_deliveries_state', sql`state in ('pending', 'done', 'parked')`),
    check('event_deliveries_done', sql`(state = 'done') = (done_at is not null)`),
  ],
)
