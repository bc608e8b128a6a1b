import { and, eq, type SQL } from 'drizzle-orm'
import type { Relation, RelationNode } from '../../contracts/relations.ts'
import { relations } from '../../models/relations.ts'

export function toRelation(row: typeof relations.$inferSelect): Relation {
  return {
    id: row.id,
    relationType: row.relationType,
    from: { type: row.fromType, id: row.fromId },
    to: { type: row.toType, id: row.toId },
    label: row.label,
    sortOrder: row.sortOrder,
    metadata: row.metadata,
  }
}

export function isFrom({ type, id }: RelationNode): SQL | undefined {
  return and(eq(relations.fromType, type), eq(relations.fromId, id))
}

export function isTo({ type, id }: RelationNode): SQL | undefined {
  return and(eq(relations.toType, type), eq(relations.toId, id))
}
