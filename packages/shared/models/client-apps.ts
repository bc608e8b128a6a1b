import { boolean, index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { users } from './accounts.ts'
import { editTimes } from './columns.ts'

/**
 * Apps of other people that members may sign in to: OAuth clients (RFC 6749). Our own six are not
 * here; they come from configuration.
 */
export const clientApps = pgTable(
  'client_apps',
  {
    /** The client id. Never the name of one of our own apps. */
    id: text().primaryKey(),
    ownerId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    /** `web` keeps a secret on a server; `browser`, `native` and `device` cannot keep one. */
    kind: text({ enum: ['web', 'browser', 'native', 'device'] }).notNull(),
    homepage: text(),
    redirectUris: text().array().notNull(),
    postLogoutRedirectUris: text().array().notNull(),
    backchannelLogoutUri: text(),
    /** SHA-256 of the secret, hexadecimal; null for those without one. */
    secretHash: text(),
    /** Whether it may stay signed in while its user is away: refresh tokens. */
    mayStay: boolean().notNull().default(false),
    ...editTimes(),
  },
  (table) => [index('client_apps_owner_id').on(table.ownerId)],
)
