import { sql } from 'drizzle-orm'
import type {
  DistantNode,
  RelationNode,
  RelationType,
  WalkQuestion,
} from '../../contracts/relations.ts'
import type { Queryable } from '../../models/database.ts'
import { assertWithin } from './checks.ts'
import { assertEnd, type End } from './ends.ts'

/** A way that is longer leads nowhere that a person would look for. */
const mostSteps = 50
const mostNodes = 10_000

type Walk = (node: RelationNode, question?: WalkQuestion) => Promise<readonly DistantNode[]>

/** Walks away from an end, breadth first: from `from` down, from `to` up. */
export function createWalk(database: Queryable, types: readonly RelationType[], end: End): Walk {
  const [near, far] = end === 'from' ? ['from', 'to'] : ['to', 'from']
  const [nearType, nearId] = [sql.identifier(`${near}_type`), sql.identifier(`${near}_id`)]
  const [farType, farId] = [sql.identifier(`${far}_type`), sql.identifier(`${far}_id`)]

  return async (start, { relationType, maxDepth = mostSteps, limit = mostNodes } = {}) => {
    assertEnd(types, { end, node: start, relationType })
    assertWithin('The number of steps', maxDepth, [1, mostSteps])
    assertWithin('The number of nodes', limit, [1, mostNodes])
    const isOfType =
      relationType === undefined ? sql`true` : sql`next.relation_type = ${relationType}`
    // `union` keeps a node once a depth. So as many rows as this hold `limit` other nodes, or all there are.
    const mostReached = (limit + 1) * (maxDepth + 1)
    const { rows } = await database.execute<{ type: string; id: string; depth: number }>(sql`
      with recursive reached (type, id, depth) as (
        select ${start.type}::text, ${start.id}::text, 0
        union
        select next.${farType}, next.${farId}, reached.depth + 1
        from reached join relations as next
          on next.${nearType} = reached.type and next.${nearId} = reached.id
        where next.deleted_at is null and reached.depth < ${maxDepth} and ${isOfType}
      )
      select type, id, min(depth)::int as depth
      from (select * from reached limit ${mostReached}) as nearest
      group by type, id
      having not (type = ${start.type} and id = ${start.id})
      order by min(depth), type, id limit ${limit}`)
    return rows
  }
}
