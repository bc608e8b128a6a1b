import { bigint, boolean, customType, index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { users } from './accounts.ts'
import { instant } from './columns.ts'

const bytes = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  fromDriver: (value) => new Uint8Array(value),
  toDriver: (value) => Buffer.from(value),
})

/** WebAuthn credentials. https://www.w3.org/TR/webauthn-3/ */
export const passkeys = pgTable(
  'passkeys',
  {
    /** The credential id, base64url. */
    id: text().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** COSE. */
    publicKey: bytes().notNull(),
    /** How often it was used, as the authenticator says; 0 for those that do not count. */
    counter: bigint({ mode: 'number' }).notNull(),
    transports: text().array().notNull(),
    /** What its owner calls it. */
    name: text().notNull(),
    /** Whether it is kept in an account of the device's maker too, and so outlives the device. */
    isBackedUp: boolean().notNull(),
    createdAt: instant().notNull().defaultNow(),
    usedAt: instant(),
  },
  (table) => [index('passkeys_user_id').on(table.userId)],
)

/** Challenges that were given out. Each is taken once: by `delete … returning`. */
export const passkeyChallenges = pgTable(
  'passkey_challenges',
  {
    /** SHA-256 of what it belongs to: an interaction, or a session that adds a passkey. */
    placeHash: text().primaryKey(),
    challenge: text().notNull(),
    expiresAt: instant().notNull(),
  },
  (table) => [index('passkey_challenges_expires_at').on(table.expiresAt)],
)
