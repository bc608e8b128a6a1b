import { sql } from 'drizzle-orm'
import { index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
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
