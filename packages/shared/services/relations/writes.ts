import { and, eq, inArray, isNull, or, sql, type SQL } from 'drizzle-orm'
import { ConflictError } from '../../contracts/errors.ts'
import type {
  NewRelation,
  Relation,
  RelationEnds,
  RelationNode,
  RelationType,
} from '../../contracts/relations.ts'
import { emitActivity } from '../../events/emit-activity.ts'
import type { Transaction } from '../../models/database.ts'
import { relations } from '../../models/relations.ts'
import { assertDetails, getTypeOfEnds } from './checks.ts'
import { lockEnds } from './lock.ts'
import { findObstacle } from './obstacle.ts'
import { isFrom, isTo, toRelation } from './rows.ts'

/** Makes or revives a relation, or changes one that is there. Only the first two are told of. */
export async function writeRelation(
  transaction: Transaction,
  types: readonly RelationType[],
  relation: NewRelation,
): Promise<Relation> {
  const type = getTypeOfEnds(types, relation)
  assertDetails(relation)
  await lockEnds(transaction, type, relation)
  const changed = await changeDetails(transaction, relation)
  if (changed) return changed
  const obstacle = await findObstacle(transaction, type, relation)
  if (obstacle !== undefined) throw new ConflictError(obstacle)
  const made = await makeOrRevive(transaction, relation)
  await tellOfRelation(transaction, { change: 'Add', type, relation: made })
  return made
}

export async function deleteRelation(
  transaction: Transaction,
  types: readonly RelationType[],
  ends: RelationEnds,
): Promise<boolean> {
  const type = getTypeOfEnds(types, ends)
  await lockEnds(transaction, type, ends)
  const [row] = await transaction
    .update(relations)
    .set({ deletedAt: sql`now()`, updatedAt: sql`now()` })
    .where(isLiveBetween(ends))
    .returning()
  if (!row) return false
  await tellOfRelation(transaction, { change: 'Remove', type, relation: toRelation(row) })
  return true
}

/**
 * Takes no lock but of the rows: whoever relates something meanwhile may do all the same without them. Tells of
 * those whose types are declared still.
 */
export async function deleteRelationsOf(
  transaction: Transaction,
  types: readonly RelationType[],
  node: RelationNode,
): Promise<number> {
  const theirs = transaction
    .select({ id: relations.id })
    .from(relations)
    .where(and(or(isFrom(node), isTo(node)), isNull(relations.deletedAt)))
    // In one order everywhere, so that two of them do not wait for each other.
    .orderBy(relations.id)
    .for('update')
  const rows = await transaction
    .update(relations)
    .set({ deletedAt: sql`now()`, updatedAt: sql`now()` })
    .where(inArray(relations.id, theirs))
    .returning()
  for (const row of rows) {
    const type = types.find(({ name }) => name === row.relationType)
    if (!type) continue
    await tellOfRelation(transaction, { change: 'Remove', type, relation: toRelation(row) })
  }
  return rows.length
}

/** Undefined when the two are not related yet, or no longer. */
async function changeDetails(
  transaction: Transaction,
  relation: NewRelation,
): Promise<Relation | undefined> {
  const { label, sortOrder, metadata } = relation
  const isSame = label === undefined && sortOrder === undefined && metadata === undefined
  const [row] = isSame
    ? await transaction.select().from(relations).where(isLiveBetween(relation))
    : await transaction
        .update(relations)
        .set({ label, sortOrder, metadata: metadata && { ...metadata }, updatedAt: sql`now()` })
        .where(isLiveBetween(relation))
        .returning()
  return row && toRelation(row)
}

async function makeOrRevive(transaction: Transaction, relation: NewRelation): Promise<Relation> {
  const { relationType, from, to, label = null, metadata } = relation
  const [row] = await transaction
    .insert(relations)
    .values({
      relationType,
      fromType: from.type,
      fromId: from.id,
      toType: to.type,
      toId: to.id,
      label,
      sortOrder: relation.sortOrder ?? nextPlace(relation),
      metadata: { ...metadata },
      // Not `now()`: of several in one transaction, too, it tells which was first.
      createdAt: sql`clock_timestamp()`,
    })
    .onConflictDoUpdate({
      target: [
        relations.relationType,
        relations.fromType,
        relations.fromId,
        relations.toType,
        relations.toId,
      ],
      set: {
        label: sql`excluded.label`,
        sortOrder: sql`excluded.sort_order`,
        metadata: sql`excluded.metadata`,
        deletedAt: null,
        createdAt: sql`excluded.created_at`,
        updatedAt: sql`now()`,
      },
    })
    .returning()
  if (!row) throw new Error('PostgreSQL did not return the relation that it stored')
  return toRelation(row)
}

function nextPlace({ relationType, from }: RelationEnds): SQL<number> {
  const { sortOrder, deletedAt } = relations
  return sql<number>`(
    select coalesce(max(${sortOrder}), 0) + 1 from ${relations}
    where ${and(eq(relations.relationType, relationType), isFrom(from), isNull(deletedAt))}
  )`
}

function isLiveBetween({ relationType, from, to }: RelationEnds): SQL | undefined {
  return and(
    eq(relations.relationType, relationType),
    isFrom(from),
    isTo(to),
    isNull(relations.deletedAt),
  )
}

interface RelationNews {
  readonly change: 'Add' | 'Remove'
  readonly type: RelationType
  readonly relation: Relation
}

async function tellOfRelation(
  transaction: Transaction,
  { change, type, relation: { id, relationType, from, to } }: RelationNews,
): Promise<void> {
  await emitActivity(transaction, {
    type: change,
    originApp: type.app,
    actorUserId: null,
    objectType: 'Relationship',
    objectId: id,
    payload: { relationType, from, to },
  })
}
