import { and, eq, inArray } from 'drizzle-orm'
import { newsletters, newsletterSubscriptions, type Transaction } from '../../models/index.ts'
import type { MemberChange } from './store-members.ts'

/**
 * Subscribes and unsubscribes by what has changed at the site since it was read last: who has unsubscribed here
 * stays so. Returns, by account, the site's ids of what they get there now.
 */
export async function storeSubscriptions(
  transaction: Transaction,
  source: string,
  changes: readonly MemberChange[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const known = await transaction.select().from(newsletters).where(eq(newsletters.source, source))
  const now = new Map<string, readonly string[]>()
  const added: { userId: string; newsletterId: string }[] = []
  const removed = new Map<string, string[]>()
  for (const change of changes) {
    const before = seenBefore(change)
    const wanted = wantedOf(change, before, known)
    now.set(change.userId, wanted)
    for (const { id, sourceId } of known) {
      const [was, is] = [before.includes(sourceId ?? ''), wanted.includes(sourceId ?? '')]
      if (is && !was) added.push({ userId: change.userId, newsletterId: id })
      if (was && !is) removed.set(id, [...(removed.get(id) ?? []), change.userId])
    }
  }
  if (added.length > 0) {
    await transaction.insert(newsletterSubscriptions).values(added).onConflictDoNothing()
  }
  for (const [newsletterId, userIds] of removed) {
    await transaction
      .delete(newsletterSubscriptions)
      .where(
        and(
          eq(newsletterSubscriptions.newsletterId, newsletterId),
          inArray(newsletterSubscriptions.userId, userIds),
        ),
      )
  }
  return now
}

function seenBefore({ known }: MemberChange): readonly string[] {
  const seen = known?.sourceExtra['newsletters']
  return Array.isArray(seen) ? seen.filter((id): id is string => typeof id === 'string') : []
}

/** A file that says only “yes” means what the site gives to new members, unless more is known by now. */
function wantedOf(
  { record }: MemberChange,
  before: readonly string[],
  known: readonly (typeof newsletters.$inferSelect)[],
): readonly string[] {
  if (typeof record.newsletters !== 'boolean') return record.newsletters
  if (!record.newsletters) return []
  if (before.length > 0) return before
  return known
    .filter(({ isActive, subscribesOnSignUp }) => isActive && subscribesOnSignUp)
    .flatMap(({ sourceId }) => sourceId ?? [])
}
