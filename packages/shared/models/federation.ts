import { sql } from 'drizzle-orm'
import { check, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { users } from './accounts.ts'
import { editTimes } from './columns.ts'

/** Whom others see and follow: a member, or one of our apps as a whole. */
export const apActorProfiles = pgTable(
  'ap_actor_profiles',
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid()
      .unique()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The app's name, when it is no member. */
    app: text().unique(),
    username: text().notNull(),
    displayName: text().notNull(),
    summary: text().notNull().default(''),
    avatar: text(),
    ...editTimes(),
  },
  (table) => [
    uniqueIndex('ap_actor_profiles_username_unique').on(sql`lower(${table.username})`),
    check('ap_actor_profiles_owner', sql`(user_id is null) <> (app is null)`),
  ],
)
