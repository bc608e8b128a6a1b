import { index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { editTimes, instant } from './columns.ts'

/** A program of somebody's that reads the Content API, or is told of changes. */
export const integrations = pgTable('integrations', {
  id: uuid().primaryKey().defaultRandom(),
  name: text().notNull(),
  /** 26 hexadecimal digits. It opens what everybody may read, so it is no secret and is shown. */
  contentKey: text().notNull().unique(),
  lastUsedAt: instant(),
  createdBy: uuid(),
  ...editTimes(),
})

/** Where an integration wants to hear of an event: `post.published`. */
export const outgoingWebhooks = pgTable(
  'outgoing_webhooks',
  {
    id: uuid().primaryKey().defaultRandom(),
    integrationId: uuid()
      .notNull()
      .references(() => integrations.id, { onDelete: 'cascade' }),
    event: text().notNull(),
    targetUrl: text().notNull(),
    /** Sealed under SECRET_KEY. */
    sealedSecret: text().notNull(),
    lastTriggeredAt: instant(),
    lastStatus: integer(),
    lastError: text(),
    ...editTimes(),
  },
  (table) => [
    index('outgoing_webhooks_event').on(table.event),
    index('outgoing_webhooks_integration_id').on(table.integrationId),
  ],
)
