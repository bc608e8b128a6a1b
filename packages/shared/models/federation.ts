import { sql } from 'drizzle-orm'
import { pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { users } from './accounts.ts'
import { editTimes } from './columns.ts'

/** A member's public profile: the person others see and, with federation, follow. */
export const apActorProfiles = pgTable(
  'ap_actor_profiles',
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid()
      .notNull()
      .unique()
      .references(() => users.id, { onDelete: 'cascade' }),
    username: text().notNull(),
    displayName: text().notNull(),
    summary: text().notNull().default(''),
    avatar: text(),
    ...editTimes(),
  },
  (table) => [uniqueIndex('ap_actor_profiles_username_unique').on(sql`lower(${table.username})`)],
)
