import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { posts } from './blog.ts'
import { instant } from './columns.ts'
import { apActorProfiles } from './federation.ts'

/** One at a time signs for a profile; retired ones stay, so that nobody wonders what was signed. */
export const apKeys = pgTable(
  'ap_keys',
  {
    id: uuid().primaryKey().defaultRandom(),
    profileId: uuid()
      .notNull()
      .references(() => apActorProfiles.id, { onDelete: 'cascade' }),
    kind: text({ enum: ['rsa2048'] }).notNull(),
    publicPem: text().notNull(),
    /** By the stored secrets: it never leaves the process in clear. */
    sealedPrivatePem: text().notNull(),
    createdAt: instant().notNull().defaultNow(),
    retiredAt: instant(),
  },
  (table) => [
    uniqueIndex('ap_keys_current_unique')
      .on(table.profileId, table.kind)
      .where(sql`retired_at is null`),
  ],
)

/** Somebody on another server, as their server last said. */
export const apRemoteActors = pgTable(
  'ap_remote_actors',
  {
    uri: text().primaryKey(),
    host: text().notNull(),
    username: text().notNull(),
    name: text().notNull(),
    inbox: text().notNull(),
    sharedInbox: text(),
    keyId: text().notNull(),
    publicPem: text().notNull(),
    fetchedAt: instant().notNull().defaultNow(),
  },
  (table) => [
    index('ap_remote_actors_key').on(table.keyId),
    index('ap_remote_actors_host').on(table.host),
  ],
)

/** Who follows which of our profiles, on which app's host. */
export const apFollowers = pgTable(
  'ap_followers',
  {
    profileId: uuid()
      .notNull()
      .references(() => apActorProfiles.id, { onDelete: 'cascade' }),
    appDomain: text().notNull(),
    actorUri: text()
      .notNull()
      .references(() => apRemoteActors.uri, { onDelete: 'cascade' }),
    followUri: text().notNull(),
    createdAt: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.profileId, table.appDomain, table.actorUri] }),
    index('ap_followers_actor').on(table.actorUri),
  ],
)

/**
 * What other servers have sent, each once. Claimed as `event_deliveries` are: a pending row whose
 * `nextAttemptAt` lies a lease ahead. Of what is done only the names stay, to know it again.
 */
export const apInbox = pgTable(
  'ap_inbox',
  {
    activityUri: text().primaryKey(),
    /** The order of arrival: what one actor has sent is handled in it. */
    id: bigserial({ mode: 'number' }).notNull(),
    type: text().notNull(),
    actorUri: text().notNull(),
    /** Of what it is about, when that has a name: a deletion may come before what it deletes. */
    objectUri: text(),
    body: jsonb(),
    state: text({ enum: ['pending', 'done', 'refused', 'parked'] })
      .notNull()
      .default('pending'),
    attempts: integer().notNull().default(0),
    nextAttemptAt: instant().notNull().defaultNow(),
    /** Why it was refused, or failed the last time. */
    reason: text(),
    receivedAt: instant().notNull().defaultNow(),
  },
  (table) => [
    index('ap_inbox_pending')
      .on(table.nextAttemptAt)
      .where(sql`state = 'pending'`),
    index('ap_inbox_order')
      .on(table.actorUri, table.id)
      .where(sql`state = 'pending'`),
    index('ap_inbox_object').on(table.objectUri),
    index('ap_inbox_received').on(table.receivedAt),
    check('ap_inbox_state', sql`state in ('pending', 'done', 'refused', 'parked')`),
  ],
)

/** What leaves, in the very words that are sent. */
export const apOutbox = pgTable(
  'ap_outbox',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    activityUri: text().notNull(),
    profileId: uuid()
      .notNull()
      .references(() => apActorProfiles.id, { onDelete: 'cascade' }),
    type: text().notNull(),
    objectUri: text().notNull(),
    body: text().notNull(),
    createdAt: instant().notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('ap_outbox_activity_unique').on(table.activityUri),
    index('ap_outbox_object').on(table.objectUri),
  ],
)

/** One row for each activity and inbox. Claimed as `ap_inbox` is. */
export const apDeliveries = pgTable(
  'ap_deliveries',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    outboxId: bigint({ mode: 'number' })
      .notNull()
      .references(() => apOutbox.id, { onDelete: 'cascade' }),
    inbox: text().notNull(),
    host: text().notNull(),
    /** A copy: what is about one object comes to an inbox in order. */
    objectUri: text().notNull(),
    state: text({ enum: ['queued', 'delivered', 'dropped', 'parked'] })
      .notNull()
      .default('queued'),
    attempts: integer().notNull().default(0),
    nextAttemptAt: instant().notNull().defaultNow(),
    lastStatus: integer(),
    lastError: text(),
    createdAt: instant().notNull().defaultNow(),
    doneAt: instant(),
  },
  (table) => [
    uniqueIndex('ap_deliveries_inbox_unique').on(table.outboxId, table.inbox),
    index('ap_deliveries_queued')
      .on(table.nextAttemptAt)
      .where(sql`state = 'queued'`),
    index('ap_deliveries_order').on(table.objectUri, table.inbox, table.outboxId),
    check('ap_deliveries_state', sql`state in ('queued', 'delivered', 'dropped', 'parked')`),
  ],
)

/** What we know of a server by talking to it. While `closedUntil` lies ahead it is not knocked at. */
export const apInstances = pgTable('ap_instances', {
  host: text().primaryKey(),
  /** Which signatures it takes, once one has been taken or it has sent one itself. */
  signatureSpec: text({ enum: ['cavage', 'rfc9421'] }),
  /** Failures in a row, and when the first of them was. */
  failures: integer().notNull().default(0),
  failingSince: instant(),
  closedUntil: instant(),
})

/** Posts that other servers have been told of. It outlives the post, so that their ids stay gone. */
export const apLocalPosts = pgTable('ap_local_posts', {
  postId: uuid().primaryKey(),
  /** SHA-256 of what was last told: what strangers see of no change is no news. */
  contentHash: text().notNull(),
  toldAt: instant().notNull().defaultNow(),
  deletedAt: instant(),
})

/** Likes and boosts of our posts by people on other servers. */
export const apInteractions = pgTable(
  'ap_interactions',
  {
    postId: uuid()
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    actorUri: text()
      .notNull()
      .references(() => apRemoteActors.uri, { onDelete: 'cascade' }),
    kind: text({ enum: ['like', 'boost'] }).notNull(),
    activityUri: text().notNull(),
    createdAt: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.postId, table.kind, table.actorUri] }),
    index('ap_interactions_actor').on(table.actorUri),
    index('ap_interactions_activity').on(table.activityUri),
  ],
)

/** Servers that nothing is taken from and nothing is sent to. */
export const apDomainRules = pgTable('ap_domain_rules', {
  host: text().primaryKey(),
  createdBy: uuid(),
  createdAt: instant().notNull().defaultNow(),
})

/** The same for one account. */
export const apActorRules = pgTable('ap_actor_rules', {
  actorUri: text().primaryKey(),
  createdBy: uuid(),
  createdAt: instant().notNull().defaultNow(),
})
