import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
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

/** Children without a relation come where their own row says. */
export function placeAmongSiblings(sortOrder: PgColumn): SQL {
  return sql`coalesce(${relations.sortOrder}, ${sortOrder})`
}
