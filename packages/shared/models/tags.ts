import {
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { type MetaData, posts } from './blog.ts'
import { editTimes, origin } from './columns.ts'

/** What posts are filed under. */
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
    groupId: uuid().references(() => tagGroups.id, { onDelete: 'set null' }),
    /** Its place in its group. */
    sortOrder: integer().notNull().default(0),
    canonicalUrl: text(),
    /** What the source had and we have no column for, kept for a faithful export. */
    sourceExtra: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    meta: jsonb().$type<MetaData>().notNull().default({}),
    ...origin(),
    ...editTimes(),
  },
  (table) => [
    uniqueIndex('tags_source_unique').on(table.source, table.sourceId),
    index('tags_group').on(table.groupId, table.sortOrder),
  ],
)

/** Tags that belong together under a heading: on the tags page, and in the menu of an editor. */
export const tagGroups = pgTable('tag_groups', {
  id: uuid().primaryKey().defaultRandom(),
  slug: text().notNull().unique(),
  name: text().notNull(),
  description: text(),
  sortOrder: integer().notNull().default(0),
  ...editTimes(),
})

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
