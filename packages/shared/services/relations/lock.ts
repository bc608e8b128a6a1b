import { sql } from 'drizzle-orm'
import type { RelationNode, RelationType } from '../../contracts/relations.ts'
import type { Transaction } from '../../models/database.ts'

/**
 * Of writes that share an end, or a tree, one waits here for the other to commit, and then sees what
 * it has left. That is so in READ COMMITTED only; in another transaction it throws.
 */
export async function lockEnds(
  transaction: Transaction,
  { name, isTree }: RelationType,
  ends: { readonly from: RelationNode; readonly to?: RelationNode },
): Promise<void> {
  const nodes = [`from ${ends.from.id}`, ...(ends.to ? [`to ${ends.to.id}`] : [])]
  // In one order everywhere, so that two that share both ends do not wait for each other.
  const keys = isTree ? [name] : nodes.map((node) => `${name} ${node}`).toSorted()
  const { rows } = await transaction.execute<{ isolation: string }>(
    sql`select current_setting('transaction_isolation') as isolation`,
  )
  if (rows[0]?.isolation !== 'read committed') {
    throw new Error(`Relations are written in READ COMMITTED; this is ${rows[0]?.isolation}.`)
  }
  for (const key of keys) {
    await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 7674))`)
  }
}
