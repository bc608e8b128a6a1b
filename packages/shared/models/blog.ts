import { sql } from 'drizzle-orm'
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { editTimes, instant } from './columns.ts'

/** Search and social descriptions. Every field falls back to the post's own title and excerpt. */
export interface MetaData {
  readonly metaTitle?: string
  readonly metaDescription?: string
  readonly ogTitle?: string
  readonly ogDescription?: string
  readonly ogImage?: string
  readonly twitterTitle?: string
  readonly twitterDescription?: string
  readonly twitterImage?: string
}

/** Where a row came from, so that a second import finds it again. Null for what was written here. */
function origin() {
  return {
    /** The exporting site, for example `ghost:pebble-and-tide`. */
    source: text(),
    /** The row's id at that site. */
    sourceId: text(),
    /** SHA-256 of the imported row: the import skips a row whose hash is the same. */
    sourceHash: text(),
  }
}

/**
 * Posts and pages, and the types and relations of the post graph, which are posts too. `lexical` is the canonical body; `html`, `plaintext` and `readingMinutes` are
 * derived when it is saved, never when it is read. `html` is whole: see `contracts/paywall.ts`
 * for what a reader may be shown of it.
 */
export const posts = pgTable(
  'posts',
  {
    id: uuid().primaryKey().defaultRandom(),
    type: text({ enum: ['post', 'page', 'type', 'relation'] }).notNull(),
    slug: text().notNull(),
    title: text().notNull(),
    status: text({ enum: ['draft', 'scheduled', 'published', 'sent'] }).notNull(),
    visibility: text({ enum: ['public', 'members', 'paid', 'tiers'] })
      .notNull()
      .default('public'),
    lexical: jsonb().notNull(),
    html: text().notNull().default(''),
    plaintext: text().notNull().default(''),
    readingMinutes: integer().notNull().default(1),
    customExcerpt: text(),
    featured: boolean().notNull().default(false),
    featureImage: text(),
    featureImageAlt: text(),
    featureImageCaption: text(),
    canonicalUrl: text(),
    language: text(),
    meta: jsonb().$type<MetaData>().notNull().default({}),
    publishedAt: instant(),
    ...origin(),
    /** What the source had and we have no column for, kept for a faithful export. */
    sourceExtra: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    ...editTimes(),
  },
  (table) => [
    uniqueIndex('posts_type_slug_unique').on(table.type, table.slug),
    uniqueIndex('posts_source_unique').on(table.source, table.sourceId),
    index('posts_listing')
      .on(table.publishedAt.desc(), table.id.desc())
      .where(sql`status = 'published' and type = 'post'`),
  ],
)

export const tags = pgTable(
  'tags',
  {
    id: uuid().primaryKey().defaultRandom(),
    slug: text().notNull().unique(),
    name: text().notNull(),
    description: text(),
    featureImage: text(),
    visibility: text({ enum: ['public', 'internal'] })
      .notNull()
      .default('public'),
    accentColor: text(),
    meta: jsonb().$type<MetaData>().notNull().default({}),
    ...origin(),
    ...editTimes(),
  },
  (table) => [uniqueIndex('tags_source_unique').on(table.source, table.sourceId)],
)

/** The bylines of posts. An author need not have an account. */
export const authors = pgTable(
  'authors',
  {
    id: uuid().primaryKey().defaultRandom(),
    slug: text().notNull().unique(),
    name: text().notNull(),
    bio: text(),
    profileImage: text(),
    coverImage: text(),
    website: text(),
    location: text(),
    meta: jsonb().$type<MetaData>().notNull().default({}),
    ...origin(),
    ...editTimes(),
  },
  (table) => [uniqueIndex('authors_source_unique').on(table.source, table.sourceId)],
)

/** `sortOrder` carries meaning: the first public tag is the post's primary tag. */
export const postTags = pgTable(
  'post_tags',
  {
    postId: uuid()
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    tagId: uuid()
      .notNull()
      .references(() => tags.id, { onDelete: 'cascade' }),
    sortOrder: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.postId, table.tagId] }),
    index('post_tags_tag_id').on(table.tagId),
  ],
)

export const postAuthors = pgTable(
  'post_authors',
  {
    postId: uuid()
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    authorId: uuid()
      .notNull()
      .references(() => authors.id, { onDelete: 'cascade' }),
    sortOrder: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.postId, table.authorId] }),
    index('post_authors_author_id').on(table.authorId),
  ],
)

/** Addresses that moved. `fromPath` starts with a slash and has no query. */
export const redirects = pgTable('redirects', {
  fromPath: text().primaryKey(),
  toPath: text().notNull(),
  permanent: boolean().notNull().default(true),
  createdAt: instant().notNull().defaultNow(),
})

/** One run of the Ghost importer, by command or by upload. Counts are of posts, tags and authors together. */
export const contentImports = pgTable('content_imports', {
  id: uuid().primaryKey().defaultRandom(),
  source: text().notNull(),
  fileName: text().notNull(),
  state: text({ enum: ['waiting', 'running', 'done', 'failed'] }).notNull(),
  totalCount: integer().notNull().default(0),
  createdCount: integer().notNull().default(0),
  updatedCount: integer().notNull().default(0),
  unchangedCount: integer().notNull().default(0),
  warnings: jsonb().$type<readonly string[]>().notNull().default([]),
  error: text(),
  startedBy: uuid(),
  startedAt: instant().notNull().defaultNow(),
  finishedAt: instant(),
})
