import { sql } from 'drizzle-orm'
import {
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { users } from './accounts.ts'
import { editTimes, instant, origin } from './columns.ts'

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

/** Made by PostgreSQL; only searched, never read. */
const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

/**
 * Posts and pages, and the types and relations of the post graph, which are posts too. `lexical` is the canonical body; `html`, `plaintext` and `readingMinutes` are
 * derived when it is saved, never when it is read. `html` is whole: see `contracts/paywall.ts`
 * for what a reader may be shown of it. `publicText` is the part of `plaintext` that everybody may
 * read: excerpts and the search are made of it alone.
 */
export const posts = pgTable(
  'posts',
  {
    id: uuid().primaryKey().defaultRandom(),
    type: text({ enum: ['post', 'page', 'type', 'relation'] }).notNull(),
    slug: text().notNull(),
    title: text().notNull(),
    status: text({ enum: ['draft', 'scheduled', 'published', 'sent', 'trashed'] }).notNull(),
    /** What it was before it was thrown away, for putting it back. */
    trashedFrom: text({ enum: ['draft', 'scheduled', 'published', 'sent'] }),
    trashedAt: instant(),
    /** Counts the saves: whoever saves says which one they have seen. */
    version: integer().notNull().default(1),
    visibility: text({ enum: ['public', 'members', 'paid', 'tiers'] })
      .notNull()
      .default('public'),
    lexical: jsonb().notNull(),
    html: text().notNull().default(''),
    plaintext: text().notNull().default(''),
    publicText: text().notNull().default(''),
    searchVector: tsvector().generatedAlwaysAs(
      sql.raw(`${weighted('simple')} || ${weighted('english')}`),
    ),
    readingMinutes: integer().notNull().default(1),
    customExcerpt: text(),
    featured: boolean().notNull().default(false),
    featureImage: text(),
    featureImageAlt: text(),
    featureImageCaption: text(),
    canonicalUrl: text(),
    language: text(),
    meta: jsonb().$type<MetaData>().notNull().default({}),
    /** Of authors who may: styles, scripts and head elements of this page alone. */
    codeHead: text(),
    codeFoot: text(),
    takesComments: boolean().notNull().default(true),
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
    index('posts_search').using('gin', table.searchVector),
    index('posts_editing').on(table.updatedAt.desc(), table.id.desc()),
    index('posts_scheduled')
      .on(table.publishedAt)
      .where(sql`status = 'scheduled'`),
    index('posts_trashed')
      .on(table.trashedAt)
      .where(sql`status = 'trashed'`),
  ],
)

/** Titles weigh most, then the author's own words about it, then the text. */
function weighted(language: 'simple' | 'english'): string {
  return `setweight(to_tsvector('${language}', coalesce(title, '')), 'A')
    || setweight(to_tsvector('${language}', coalesce(custom_excerpt, '')), 'B')
    || setweight(to_tsvector('${language}', left(public_text, 200000)), 'D')`
}

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
    /** The member who this is, when they have an account: they may edit what they have written. */
    userId: uuid().references(() => users.id, { onDelete: 'set null' }),
    sourceExtra: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    meta: jsonb().$type<MetaData>().notNull().default({}),
    ...origin(),
    ...editTimes(),
  },
  (table) => [uniqueIndex('authors_source_unique').on(table.source, table.sourceId)],
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
