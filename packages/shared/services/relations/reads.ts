import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { InvalidInputError } from '../../contracts/errors.ts'
import type {
  Relation,
  RelationNode,
  RelationsQuestion,
  RelationType,
} from '../../contracts/relations.ts'
import type { Queryable } from '../../models/database.ts'
import { relations } from '../../models/relations.ts'
import { assertWithin } from './checks.ts'
import { assertEnd, type End } from './ends.ts'
import { isFrom, isTo, toRelation } from './rows.ts'

const mostRows = 200
const uuidPattern = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

type ReadRelations = (
  node: RelationNode,
  question?: RelationsQuestion,
) => Promise<readonly Relation[]>

/** Relations that begin (`from`) or end (`to`) at a node. */
export function createReadRelations(
  database: Queryable,
  types: readonly RelationType[],
  end: End,
): ReadRelations {
  // Only the order among siblings is anybody's choice.
  const order =
    end === 'from'
      ? [relations.sortOrder, relations.createdAt, relations.id]
      : [relations.createdAt, relations.id]

  return async (node, { relationType, limit = mostRows, after } = {}) => {
    assertEnd(types, { end, node, relationType })
    assertWithin('The number of relations', limit, [1, mostRows])
    const isOfQuestion = and(
      end === 'from' ? isFrom(node) : isTo(node),
      relationType === undefined ? undefined : eq(relations.relationType, relationType),
    )
    const rows = await database
      .select()
      .from(relations)
      .where(
        and(
          isOfQuestion,
          isNull(relations.deletedAt),
          after === undefined ? undefined : await isAfter(after, isOfQuestion),
        ),
      )
      .orderBy(...order.map((column) => asc(column)))
      .limit(limit)
    return rows.map(toRelation)
  }

  /** The row is asked for in the database, whose instants are finer than those of a `Date`. */
  async function isAfter(id: string, isOfQuestion: SQL | undefined): Promise<SQL> {
    const columns = sql.join(order, sql`, `)
    const isLast = and(uuidPattern.test(id) ? eq(relations.id, id) : sql`false`, isOfQuestion)
    const [last] = await database.select({ id: relations.id }).from(relations).where(isLast)
    if (!last) throw new InvalidInputError('There is no such relation to go on from.')
    return sql`(${columns}) > (select ${columns} from ${relations} where ${relations.id} = ${id})`
  }
}
