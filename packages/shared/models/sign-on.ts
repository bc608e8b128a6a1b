import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { users } from './accounts.ts'
import { instant } from './columns.ts'

/**
 * One sign-in of one member on one device; `id` is the `uid` of the authorization server's session.
 * Whatever came from it hangs on this row: the sessions of all six apps, the provider's session,
 * grants, codes and tokens. Ending a sign-in is deleting the row.
 */
export const logins = pgTable(
  'logins',
  {
    id: text().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    deviceId: text().notNull(),
    /** Where the member was going. */
    app: text().notNull(),
    /** In words: "Firefox on Linux". */
    browser: text().notNull().default(''),
    /** An IP address, as a proxy that we believe has told it. */
    address: text().notNull().default(''),
    /** ISO 3166-1 alpha-2 of the country that the address is assigned to; empty when not known. */
    country: text().notNull().default(''),
    method: text({ enum: ['email', 'passkey'] })
      .notNull()
      .default('email'),
    /** By the clock of the authorization server, which also tells apps when it last said no. */
    createdAt: instant().notNull(),
  },
  (table) => [
    index('logins_device_id').on(table.deviceId, table.createdAt),
    index('logins_user_id').on(table.userId),
  ],
)

/**
 * What the authorization server remembers, by type: Session, Interaction, Grant, AuthorizationCode,
 * AccessToken … The id is a secret for most types, so only its SHA-256 is here.
 */
export const oidcPayloads = pgTable(
  'oidc_payloads',
  {
    type: text().notNull(),
    idHash: text().notNull(),
    payload: jsonb().notNull(),
    grantId: text(),
    uid: text(),
    userCode: text(),
    loginId: text().references(() => logins.id, { onDelete: 'cascade' }),
    expiresAt: instant(),
    consumedAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.type, table.idHash] }),
    index('oidc_payloads_grant_id')
      .on(table.grantId)
      .where(sql`grant_id is not null`),
    index('oidc_payloads_uid')
      .on(table.uid)
      .where(sql`uid is not null`),
    index('oidc_payloads_user_code')
      .on(table.userCode)
      .where(sql`user_code is not null`),
    index('oidc_payloads_login_id')
      .on(table.loginId)
      .where(sql`login_id is not null`),
    index('oidc_payloads_expires_at').on(table.expiresAt),
    index('oidc_payloads_grants_of_account')
      .on(sql`(payload ->> 'accountId')`)
      .where(sql`type = 'Grant'`),
  ],
)

/** Browsers that a member has signed in with, so that a new one is told of in a mail. */
export const knownDevices = pgTable(
  'known_devices',
  {
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    deviceId: text().notNull(),
    firstSeenAt: instant().notNull().defaultNow(),
    seenAt: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.deviceId] }),
    index('known_devices_device_id').on(table.deviceId, table.seenAt),
  ],
)

/**
 * Signing keys of the authorization server. The private part is a JWE under a key from SECRET_KEY. A
 * key is published before it signs, and for as long as what it signed may be shown again.
 */
export const oidcKeys = pgTable('oidc_keys', {
  kid: text().primaryKey(),
  publicJwk: jsonb().notNull(),
  privateJwe: text().notNull(),
  createdAt: instant().notNull().defaultNow(),
  /** Null: the next one, which signs nothing yet. */
  signsSince: instant(),
  /** From then on it signs nothing; what it has signed can still be checked. */
  retiredAt: instant(),
})

/**
 * A link in somebody's mail. It is good once, for the browser that asked for it (`interactionHash`),
 * or, through a six-digit code, for another browser's reader to type in there.
 */
export const loginTokens = pgTable(
  'login_tokens',
  {
    tokenHash: text().primaryKey(),
    email: text().notNull(),
    interactionHash: text().notNull(),
    /** Set when the link was opened in another browser. */
    codeHash: text(),
    codeAttempts: integer().notNull().default(0),
    /** In words for the person: "Firefox on Linux, from 203.0.113.7". */
    askedFrom: text().notNull(),
    requestedAt: instant().notNull().defaultNow(),
    expiresAt: instant().notNull(),
  },
  (table) => [
    index('login_tokens_email').on(sql`lower(${table.email})`),
    index('login_tokens_interaction').on(table.interactionHash),
  ],
)

/** Counts mails, for the limits. Address and network are keyed hashes, and kept for an hour. */
export const loginRequests = pgTable(
  'login_requests',
  {
    id: uuid().primaryKey().defaultRandom(),
    addressHash: text().notNull(),
    networkHash: text().notNull(),
    requestedAt: instant().notNull().defaultNow(),
  },
  (table) => [
    index('login_requests_address').on(table.addressHash, table.requestedAt),
    index('login_requests_network').on(table.networkHash, table.requestedAt),
  ],
)
