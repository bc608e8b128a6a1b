import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { editTimes, instant } from './columns.ts'

/**
 * Edges between objects of any app, each named by its type and id (`page`, a uuid). A store of relations only: the
 * objects are elsewhere. A row that is taken away keeps its place with `deletedAt`, and is revived by the same write.
 */
export const relations = pgTable(
  'relations',
  {
    id: uuid().primaryKey().defaultRandom(),
    /** A declared relation type, for example `page->calendar`. */
    relationType: text().notNull(),
    fromType: text().notNull(),
    fromId: text().notNull(),
    toType: text().notNull(),
    toId: text().notNull(),
    label: text(),
    /** Among the children of one parent; equal ones by `createdAt`. */
    sortOrder: integer().notNull().default(0),
    metadata: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    deletedAt: instant(),
    ...editTimes(),
  },
  (table) => [
    uniqueIndex('relations_edge_unique').on(
      table.relationType,
      table.fromType,
      table.fromId,
      table.toType,
      table.toId,
    ),
    index('relations_children')
      .on(table.fromType, table.fromId, table.relationType, table.sortOrder)
      .where(sql`deleted_at is null`),
    index('relations_parents')
      .on(table.toType, table.toId, table.relationType)
      .where(sql`deleted_at is null`),
  ],
)
