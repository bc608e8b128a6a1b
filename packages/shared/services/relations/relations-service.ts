import { is } from 'drizzle-orm'
import { PgTransaction } from 'drizzle-orm/pg-core'
import type {
  AttachedChild,
  OpenTransaction,
  Relation,
  RelationsService,
  RelationType,
} from '../../contracts/relations.ts'
import type { Database, Transaction } from '../../models/database.ts'
import type { ServiceDependencies } from '../registry.ts'
import { getTypeOfEnds, toEnds } from './checks.ts'
import { findObstacle } from './obstacle.ts'
import { writeOrder } from './order.ts'
import { createReadRelations } from './reads.ts'
import { declaredRelationTypes } from './relation-types.ts'
import { createWalk } from './walk.ts'
import { deleteRelation, deleteRelationsOf, writeRelation } from './writes.ts'

export interface RelationsServiceParts {
  /** Others in tests. */
  readonly types?: readonly RelationType[]
}

export function createRelationsService(
  { database }: Pick<ServiceDependencies, 'database'>,
  { types = declaredRelationTypes }: RelationsServiceParts = {},
): RelationsService {
  return {
    types,
    relate: (relation, outer) =>
      within(database, outer, (inside) => writeRelation(inside, types, relation)),
    unrelate: (ends, outer) =>
      within(database, outer, (inside) => deleteRelation(inside, types, ends)),
    async canRelate(ends) {
      const reason = await findObstacle(database, getTypeOfEnds(types, ends), ends)
      return reason === undefined ? { can: true } : { can: false, reason }
    },
    attach: ({ parent, child, relationType, ...details }, outer) =>
      within(database, outer, (inside) => {
        const ends = toEnds(types, { parent, child, relationType })
        return writeRelation(inside, types, { ...ends, ...details })
      }),
    detach: (attached, outer) =>
      within(database, outer, (inside) => {
        return deleteRelation(inside, types, toEnds(types, attached))
      }),
    detachAll: (node, outer) =>
      within(database, outer, (inside) => deleteRelationsOf(inside, types, node)),
    reorder: (order, outer) =>
      within(database, outer, (inside) => writeOrder(inside, types, order)),
    children: createReadRelations(database, types, 'from'),
    parents: createReadRelations(database, types, 'to'),
    ancestors: createWalk(database, types, 'to'),
    descendants: createWalk(database, types, 'from'),
  }
}

/** `attach` for who has a transaction and no service. */
export async function attachWithin(
  transaction: Transaction,
  { parent, child, relationType, ...details }: AttachedChild,
): Promise<Relation> {
  const types = declaredRelationTypes
  const ends = toEnds(types, { parent, child, relationType })
  return writeRelation(transaction, types, { ...ends, ...details })
}

/** In a savepoint of the caller's transaction, which a refusal leaves as it was, or in one of our own. */
async function within<Result>(
  database: Database,
  outer: OpenTransaction | undefined,
  work: (inside: Transaction) => Promise<Result>,
): Promise<Result> {
  if (outer === undefined) return database.transaction(work)
  if (!is(outer, PgTransaction)) throw new Error('This is no transaction of the database.')
  return (outer as unknown as Transaction).transaction(work)
}
