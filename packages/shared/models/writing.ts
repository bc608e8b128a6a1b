import { index, integer, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { users } from './accounts.ts'
import { type MetaData, posts } from './blog.ts'
import { editTimes, instant } from './columns.ts'

/** All that an editor can change of a post, as it was at one save. Tags and authors by slug, in order, and tiers. */
export interface RevisionContent {
  readonly title: string
  readonly slug: string
  readonly lexical: unknown
  readonly status: 'draft' | 'scheduled' | 'published' | 'sent'
  readonly visibility: 'public' | 'members' | 'paid' | 'tiers'
  readonly customExcerpt: string | null
  readonly featured: boolean
  readonly featureImage: string | null
  readonly featureImageAlt: string | null
  readonly featureImageCaption: string | null
  readonly canonicalUrl: string | null
  readonly language: string | null
  readonly meta: MetaData
  readonly codeHead: string | null
  readonly codeFoot: string | null
  readonly takesComments: boolean
  /** ISO 8601. In the future for what is scheduled. */
  readonly publishedAt: string | null
  readonly tags: readonly string[]
  readonly authors: readonly string[]
  readonly tiers: readonly string[]
  /** Slugs of its types in the post graph, and the values of their fields. */
  readonly types: readonly string[]
  readonly fields: Readonly<Record<string, string | number | boolean>>
}

/** Every save of a post, for ever. `version` is the post's own at that save. */
export const postRevisions = pgTable(
  'post_revisions',
  {
    id: uuid().primaryKey().defaultRandom(),
    postId: uuid()
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    version: integer().notNull(),
    reason: text({ enum: ['save', 'autosave', 'publish', 'import', 'restore'] }).notNull(),
    content: jsonb().$type<RevisionContent>().notNull(),
    /** Null when nobody in particular did it: a schedule, an import. */
    userId: uuid().references(() => users.id, { onDelete: 'set null' }),
    createdAt: instant().notNull().defaultNow(),
  },
  (table) => [unique('post_revisions_version').on(table.postId, table.version)],
)

/** Parts of texts that editors put in again and again. */
export const snippets = pgTable('snippets', {
  id: uuid().primaryKey().defaultRandom(),
  name: text().notNull().unique(),
  /** As Koenig keeps it: a Lexical document's JSON. */
  lexical: jsonb().notNull(),
  ...editTimes(),
})

/** Words of all published texts, for finding what a reader meant who mistyped. */
export const searchWords = pgTable(
  'search_words',
  { word: text().primaryKey(), postCount: integer().notNull() },
  (table) => [index('search_words_similar').using('gin', table.word.op('gin_trgm_ops'))],
)
