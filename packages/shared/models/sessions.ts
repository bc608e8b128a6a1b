import { sql } from 'drizzle-orm'
import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { users } from './accounts.ts'
import { instant } from './columns.ts'
import { logins } from './sign-on.ts'

/**
 * First-party sessions of all six apps. The cookie holds the secret id; the row holds its SHA-256.
 * `loginId` names the sign-in at the authorization server, so that one sign-out ends all six.
 */
export const sessions = pgTable(
  'sessions',
  {
    idHash: text().primaryKey(),
    app: text().notNull(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    loginId: text()
      .notNull()
      .references(() => logins.id, { onDelete: 'cascade' }),
    deviceId: text().notNull(),
    /** The `sid` of this app's ID tokens: what a back-channel logout names. */
    sid: text().notNull().default(''),
    /** When the member last showed who they are: OpenID Connect's `auth_time`. */
    authenticatedAt: instant().notNull().defaultNow(),
    createdAt: instant().notNull().defaultNow(),
    seenAt: instant().notNull().defaultNow(),
    expiresAt: instant().notNull(),
  },
  (table) => [
    index('sessions_sid')
      .on(table.sid)
      .where(sql`sid <> ''`),
    index('sessions_login_id').on(table.loginId),
    index('sessions_user_id').on(table.userId),
    index('sessions_expires_at').on(table.expiresAt),
  ],
)
