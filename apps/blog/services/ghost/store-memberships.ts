import { and, eq, inArray, or, sql } from 'drizzle-orm'
import { memberships, tiers, type Transaction } from '../../models/index.ts'
import type { MemberChange } from './store-members.ts'

/** A tier that somebody holds, by the site's id of it or by its name. */
export interface HeldTier {
  readonly sourceId?: string
  readonly name: string
  readonly standing: 'paid' | 'complimentary'
  /** Null: until it is taken away. */
  readonly endsAt: Date | null
}

/** What they hold of the site's tiers, in the place of what they held of them. Other tiers stay as they are. */
export async function storeMemberships(
  transaction: Transaction,
  source: string,
  changes: readonly MemberChange[],
): Promise<void> {
  const named = changes.flatMap(({ record }) => record.tiers.map(({ name }) => name.toLowerCase()))
  const known = await transaction
    .select({ id: tiers.id, name: tiers.name, source: tiers.source, sourceId: tiers.sourceId })
    .from(tiers)
    .where(
      or(
        eq(tiers.source, source),
        named.length > 0 ? inArray(sql`lower(${tiers.name})`, named) : undefined,
      ),
    )
  const own = known.filter((tier) => tier.source === source)
  const find = (held: HeldTier) =>
    own.find(({ sourceId }) => held.sourceId !== undefined && sourceId === held.sourceId) ??
    [...own, ...known].find(({ name }) => name.toLowerCase() === held.name.toLowerCase())
  const userIds = changes.map(({ userId }) => userId)
  const rows = changes.flatMap(({ userId, record }) =>
    record.tiers.flatMap((held) => {
      const tier = find(held)
      if (!tier) return []
      const { standing, endsAt } = held
      return [{ userId, tierId: tier.id, standing, endsAt }]
    }),
  )
  const tierIds = [...new Set([...own.map(({ id }) => id), ...rows.map(({ tierId }) => tierId)])]
  if (tierIds.length > 0) {
    await transaction
      .delete(memberships)
      .where(and(inArray(memberships.userId, userIds), inArray(memberships.tierId, tierIds)))
  }
  if (rows.length > 0) await transaction.insert(memberships).values(rows).onConflictDoNothing()
}
