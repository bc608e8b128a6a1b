import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { users } from './accounts.ts'
import { posts } from './blog.ts'
import { editTimes, instant, origin } from './columns.ts'

/** What one can be a member of. Prices in minor units. */
export const tiers = pgTable(
  'tiers',
  {
    id: uuid().primaryKey().defaultRandom(),
    slug: text().notNull().unique(),
    name: text().notNull(),
    type: text({ enum: ['free', 'paid'] }).notNull(),
    description: text(),
    isActive: boolean().notNull().default(true),
    visibility: text({ enum: ['public', 'none'] })
      .notNull()
      .default('public'),
    monthlyPrice: integer(),
    yearlyPrice: integer(),
    /** ISO 4217, upper case. */
    currency: text(),
    trialDays: integer().notNull().default(0),
    welcomePageUrl: text(),
    benefits: jsonb().$type<readonly string[]>().notNull().default([]),
    ...origin(),
    ...editTimes(),
  },
  (table) => [uniqueIndex('tiers_source_unique').on(table.source, table.sourceId)],
)

/** Who may read a post of visibility `tiers`. */
export const postTiers = pgTable(
  'post_tiers',
  {
    postId: uuid()
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    tierId: uuid()
      .notNull()
      .references(() => tiers.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.postId, table.tierId] }),
    index('post_tiers_tier_id').on(table.tierId),
  ],
)

/** Which tiers somebody holds. `endsAt` null: until it is taken away. */
export const memberships = pgTable(
  'memberships',
  {
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    tierId: uuid()
      .notNull()
      .references(() => tiers.id, { onDelete: 'cascade' }),
    standing: text({ enum: ['free', 'paid', 'complimentary'] }).notNull(),
    startedAt: instant().notNull().defaultNow(),
    endsAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.tierId] }),
    index('memberships_tier_id').on(table.tierId),
  ],
)

/** What is known of a member beside the account: mostly what came from a Ghost site. */
export const members = pgTable(
  'members',
  {
    userId: uuid()
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    note: text(),
    labels: jsonb().$type<readonly string[]>().notNull().default([]),
    stripeCustomerId: text(),
    sourceExtra: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    ...origin(),
    ...editTimes(),
  },
  (table) => [uniqueIndex('members_source_unique').on(table.source, table.sourceId)],
)

export const newsletters = pgTable(
  'newsletters',
  {
    id: uuid().primaryKey().defaultRandom(),
    slug: text().notNull().unique(),
    name: text().notNull(),
    description: text(),
    isActive: boolean().notNull().default(true),
    /** Whether a new member gets it without asking. */
    subscribesOnSignUp: boolean().notNull().default(true),
    sortOrder: integer().notNull().default(0),
    sourceExtra: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    ...origin(),
    ...editTimes(),
  },
  (table) => [uniqueIndex('newsletters_source_unique').on(table.source, table.sourceId)],
)

export const newsletterSubscriptions = pgTable(
  'newsletter_subscriptions',
  {
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    newsletterId: uuid()
      .notNull()
      .references(() => newsletters.id, { onDelete: 'cascade' }),
    subscribedAt: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.newsletterId] }),
    index('newsletter_subscriptions_newsletter_id').on(table.newsletterId),
  ],
)
