import { sql } from 'drizzle-orm'
import { boolean, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { editTimes, instant } from './columns.ts'

/** A person with an account. `email` is stored as typed; it is unique without regard to case. */
export const users = pgTable(
  'users',
  {
    id: uuid().primaryKey().defaultRandom(),
    email: text().notNull(),
    displayName: text().notNull(),
    lastLoginAt: instant(),
    /** Whether they are told by mail of answers to their comments. */
    mailsOfAnswers: boolean().notNull().default(true),
    /** Whether they are told by mail of comments on what they wrote. */
    mailsOfComments: boolean().notNull().default(true),
    ...editTimes(),
  },
  (table) => [uniqueIndex('users_email_unique').on(sql`lower(${table.email})`)],
)

/**
 * What members may do: a role on the whole site, or in one container (`containerType` and
 * `containerId`, both empty for the whole site). What each role allows stands in
 * contracts/permissions.ts.
 */
export const roleGrants = pgTable(
  'role_grants',
  {
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: text().notNull(),
    containerType: text().notNull().default(''),
    containerId: text().notNull().default(''),
    grantedAt: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.role, table.containerType, table.containerId] }),
    index('role_grants_role').on(table.role),
  ],
)

/** A new email address that waits for the link in its mail to be used. */
export const emailChanges = pgTable(
  'email_changes',
  {
    tokenHash: text().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    email: text().notNull(),
    expiresAt: instant().notNull(),
  },
  (table) => [index('email_changes_user_id').on(table.userId)],
)
