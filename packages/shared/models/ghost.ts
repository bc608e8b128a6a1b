import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { posts } from './blog.ts'
import { editTimes, instant } from './columns.ts'

/** One run of the Ghost importer, by command or by upload. Counts are of posts, tags and authors together. */
export const contentImports = pgTable('content_imports', {
  id: uuid().primaryKey().defaultRandom(),
  source: text().notNull(),
  fileName: text().notNull(),
  state: text({ enum: ['waiting', 'running', 'done', 'failed'] }).notNull(),
  totalCount: integer().notNull().default(0),
  createdCount: integer().notNull().default(0),
  updatedCount: integer().notNull().default(0),
  unchangedCount: integer().notNull().default(0),
  warnings: jsonb().$type<readonly string[]>().notNull().default([]),
  error: text(),
  startedBy: uuid(),
  startedAt: instant().notNull().defaultNow(),
  finishedAt: instant(),
})

/**
 * A Ghost site that the blog follows. `name` is what stands in `posts.source`. Keys and secrets are
 * sealed under SECRET_KEY; they are never shown again.
 */
export const ghostSources = pgTable('ghost_sources', {
  id: uuid().primaryKey().defaultRandom(),
  name: text().notNull().unique(),
  /** Without a slash at the end. */
  siteUrl: text().notNull(),
  kind: text({ enum: ['admin', 'content'] }).notNull(),
  sealedKey: text().notNull(),
  sealedWebhookSecret: text(),
  /** For sites before Ghost 5.87, whose signature does not cover the time. */
  takesLegacySignature: boolean().notNull().default(false),
  isActive: boolean().notNull().default(true),
  /** Of each kind of row, the `updated_at` up to which all has been read. */
  cursors: jsonb().$type<Readonly<Record<string, string>>>().notNull().default({}),
  state: text({ enum: ['never', 'running', 'done', 'failed'] })
    .notNull()
    .default('never'),
  startedAt: instant(),
  finishedAt: instant(),
  /** A sentence for editors. */
  error: text(),
  /** Counts of the last run. */
  counts: jsonb().$type<Readonly<Record<string, number>>>().notNull().default({}),
  /** What is there and not here, or here and not there, as the last sweep found it. */
  differences: jsonb()
    .$type<readonly { readonly kind: string; readonly sourceId: string; readonly what: string }[]>()
    .notNull()
    .default([]),
  lastWebhookAt: instant(),
  ...editTimes(),
})

/** Deliveries that were taken in, so that one that comes twice is read once. Old rows go. */
export const ghostDeliveries = pgTable(
  'ghost_deliveries',
  {
    sourceId: uuid()
      .notNull()
      .references(() => ghostSources.id, { onDelete: 'cascade' }),
    event: text().notNull(),
    objectId: text().notNull(),
    /** As the source writes it; empty when the body has none. */
    objectUpdatedAt: text().notNull(),
    receivedAt: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({
      columns: [table.sourceId, table.event, table.objectId, table.objectUpdatedAt],
    }),
    index('ghost_deliveries_received_at').on(table.receivedAt),
  ],
)

/** What an editor should look at in a post that came from elsewhere. */
export const postWarnings = pgTable('post_warnings', {
  postId: uuid()
    .primaryKey()
    .references(() => posts.id, { onDelete: 'cascade' }),
  warnings: jsonb().$type<readonly string[]>().notNull(),
  updatedAt: instant().notNull().defaultNow(),
})

/** Redirects by pattern, as a Ghost site has them in its redirects file; tried in order, after `redirects`. */
export const redirectRules = pgTable('redirect_rules', {
  id: uuid().primaryKey().defaultRandom(),
  /** A regular expression on the path, and what it becomes, with `$1`. */
  pattern: text().notNull(),
  target: text().notNull(),
  permanent: boolean().notNull().default(true),
  sortOrder: integer().notNull().default(0),
  source: text(),
})
