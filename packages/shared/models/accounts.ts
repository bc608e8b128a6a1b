import { sql } from 'drizzle-orm'
import { pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { editTimes, instant } from './columns.ts'

/** A person with an account. `email` is stored as typed; it is unique without regard to case. */
export const users = pgTable(
  'users',
  {
    id: uuid().primaryKey().defaultRandom(),
    email: text().notNull(),
    displayName: text().notNull(),
    roles: text()
      .array()
      .notNull()
      .default(sql`'{}'`),
    lastLoginAt: instant(),
    ...editTimes(),
  },
  (table) => [uniqueIndex('users_email_unique').on(sql`lower(${table.email})`)],
)
