import { and, eq, isNull, sql } from 'drizzle-orm'
import { InvalidInputError } from '../../contracts/errors.ts'
import type { ChildOrder, RelationType } from '../../contracts/relations.ts'
import type { Transaction } from '../../models/database.ts'
import { relations } from '../../models/relations.ts'
import { assertNode, getRelationType } from './checks.ts'
import { lockEnds } from './lock.ts'
import { isFrom } from './rows.ts'

/** All children at once, in one statement. Nothing comes or goes at the parent meanwhile. */
export async function writeOrder(
  transaction: Transaction,
  types: readonly RelationType[],
  { parent, relationType, childIds }: ChildOrder,
): Promise<void> {
  const type = getRelationType(types, relationType)
  assertNode(parent, type.fromType, `“${relationType}” begins at`)
  await lockEnds(transaction, type, { from: parent })
  const rows = await transaction
    .select({ id: relations.toId })
    .from(relations)
    .where(
      and(eq(relations.relationType, relationType), isFrom(parent), isNull(relations.deletedAt)),
    )
  assertNamesAll(
    childIds,
    rows.map(({ id }) => id),
  )
  await transaction.execute(sql`
    update relations set sort_order = wanted.place, updated_at = now()
    from unnest(${sql.param([...childIds])}::text[]) with ordinality as wanted (id, place)
    where relations.to_id = wanted.id and relations.relation_type = ${relationType}
      and relations.from_type = ${parent.type} and relations.from_id = ${parent.id}
      and relations.deleted_at is null and relations.sort_order <> wanted.place`)
}

function assertNamesAll(childIds: readonly string[], present: readonly string[]): void {
  const given = new Set(childIds)
  const known = new Set(present)
  const twice = childIds.filter((id, index) => childIds.indexOf(id) !== index)
  const wrong = childIds.filter((id) => !known.has(id))
  const missing = present.filter((id) => !given.has(id))
  if (twice.length > 0) throw new InvalidInputError(`A child is named twice: ${twice.join(', ')}.`)
  if (wrong.length > 0) throw new InvalidInputError(`No children of it: ${wrong.join(', ')}.`)
  if (missing.length > 0) {
    throw new InvalidInputError(`Missing in the order: ${missing.join(', ')}.`)
  }
}
