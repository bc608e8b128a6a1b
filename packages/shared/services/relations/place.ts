import { and, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { relations } from '../../models/relations.ts'

/** To join a child's row with the relation in which it is, for its place among its siblings. */
export function isRelationOf(relationType: string, childId: PgColumn): SQL | undefined {
  const [, toType = ''] = relationType.split('->')
  return and(
    eq(relations.relationType, relationType),
    eq(relations.toType, toType),
    sql`${relations.toId} = ${childId}::text`,
    isNull(relations.deletedAt),
  )
}

/** The relations of one type that begin at any of these nodes. */
export function isRelationFrom(relationType: string, fromIds: readonly string[]): SQL | undefined {
  const [fromType = ''] = relationType.split('->')
  return and(
    eq(relations.relationType, relationType),
    eq(relations.fromType, fromType),
    inArray(relations.fromId, [...fromIds]),
    isNull(relations.deletedAt),
  )
}

/** To join relations with their children's rows, each found by its key. Other ids than UUIDs are nobody's. */
export function isChildOf(childId: PgColumn): SQL {
  const id = relations.toId
  return sql`${childId} = case when pg_input_is_valid(${id}, 'uuid') then ${id}::uuid end`
}

/** Children without a relation come where their own row says. */
export function placeAmongSiblings(sortOrder: PgColumn): SQL {
  return sql`coalesce(${relations.sortOrder}, ${sortOrder})`
}
