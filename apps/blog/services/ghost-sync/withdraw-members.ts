import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import {
  type Database,
  members,
  memberships,
  newsletters,
  newsletterSubscriptions,
  tiers,
} from '../../models/index.ts'

/**
 * Takes from people what they held by a site that does not know them any more: its tiers and its newsletters. Their
 * accounts stay. Returns of how many there was something to take.
 */
export async function withdrawMembers(
  database: Database,
  source: string,
  userIds: readonly string[],
): Promise<number> {
  if (userIds.length === 0) return 0
  return database.transaction(async (transaction) => {
    const ownTiers = transaction
      .select({ id: tiers.id })
      .from(tiers)
      .where(eq(tiers.source, source))
    const ownNewsletters = transaction
      .select({ id: newsletters.id })
      .from(newsletters)
      .where(eq(newsletters.source, source))
    await transaction
      .delete(memberships)
      .where(and(inArray(memberships.userId, userIds), inArray(memberships.tierId, ownTiers)))
    await transaction
      .delete(newsletterSubscriptions)
      .where(
        and(
          inArray(newsletterSubscriptions.userId, userIds),
          inArray(newsletterSubscriptions.newsletterId, ownNewsletters),
        ),
      )
    // Without its hash somebody who comes back there is stored anew.
    const changed = await transaction
      .update(members)
      .set({
        sourceHash: null,
        sourceExtra: sql`${members.sourceExtra} - 'newsletters'`,
        updatedAt: sql`now()`,
      })
      .where(and(inArray(members.userId, userIds), isNotNull(members.sourceHash)))
      .returning({ userId: members.userId })
    return changed.length
  })
}
