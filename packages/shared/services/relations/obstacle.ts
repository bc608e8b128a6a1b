import { and, eq, isNull, not, sql } from 'drizzle-orm'
import type { RelationEnds, RelationType } from '../../contracts/relations.ts'
import type { Queryable } from '../../models/database.ts'
import { relations } from '../../models/relations.ts'
import { isFrom, isTo } from './rows.ts'

/** Why a relation may not be, as a sentence; undefined when it may. One that is there already may be. */
export async function findObstacle(
  database: Queryable,
  type: RelationType,
  ends: RelationEnds,
): Promise<string | undefined> {
  const { cardinality, label, fromType, toType } = type
  if (ends.from.type === ends.to.type && ends.from.id === ends.to.id) {
    return `A ${fromType} cannot be related to itself.`
  }
  if (cardinality.endsWith('to-one') && (await hasOther(database, ends, 'from'))) {
    return `This ${fromType} has its one relation of “${label}” already.`
  }
  if (cardinality.startsWith('one-to') && (await hasOther(database, ends, 'to'))) {
    return `This ${toType} is in “${label}” of another ${fromType} already.`
  }
  if (type.isTree && (await isAbove(database, ends))) {
    return `That would put a ${toType} below itself.`
  }
  return undefined
}

async function hasOther(
  database: Queryable,
  { relationType, from, to }: RelationEnds,
  end: 'from' | 'to',
): Promise<boolean> {
  const same = end === 'from' ? isTo(to) : isFrom(from)
  const [found] = await database
    .select({ id: relations.id })
    .from(relations)
    .where(
      and(
        eq(relations.relationType, relationType),
        end === 'from' ? isFrom(from) : isTo(to),
        isNull(relations.deletedAt),
        same && not(same),
      ),
    )
    .limit(1)
  return found !== undefined
}

/** Whether the child is above its parent to be, at any height: a tree has no depth that is too deep. */
async function isAbove(
  database: Queryable,
  { relationType, from, to }: RelationEnds,
): Promise<boolean> {
  const { rows } = await database.execute<{ found: boolean }>(sql`
    with recursive above (type, id) as (
      select ${from.type}::text, ${from.id}::text
      union
      select next.from_type, next.from_id
      from above join relations as next on next.to_type = above.type and next.to_id = above.id
      where next.relation_type = ${relationType} and next.deleted_at is null
    )
    select exists (select 1 from above where type = ${to.type} and id = ${to.id}) as found`)
  return rows[0]?.found === true
}
