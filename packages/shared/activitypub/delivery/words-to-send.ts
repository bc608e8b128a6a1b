import { and, desc, eq } from 'drizzle-orm'
import { apOutbox } from '../../models/activitypub.ts'
import type { Database } from '../../models/database.ts'

/** What a delivery says, or that there is nothing left to say. */
export type Words =
  | { readonly status: 'send'; readonly body: string; readonly profileId: string }
  | { readonly status: 'outdated' }

/**
 * As it is now: a server that was away must not hear today what was for everybody only yesterday. What
 * has been changed since is sent as it became, and what has been deleted since is not sent.
 */
export async function wordsToSend(database: Database, outboxId: number): Promise<Words> {
  const [told] = await database.select().from(apOutbox).where(eq(apOutbox.id, outboxId))
  if (!told) return { status: 'outdated' }
  const { profileId, body, type, objectUri } = told
  const [latest] = await database
    .select({ id: apOutbox.id, type: apOutbox.type, body: apOutbox.body })
    .from(apOutbox)
    .where(and(eq(apOutbox.objectUri, objectUri), eq(apOutbox.profileId, profileId)))
    .orderBy(desc(apOutbox.id))
    .limit(1)
  if (!latest || latest.id === outboxId) return { status: 'send', body, profileId }
  // Both the end of one and the beginning of the next are said, in their order.
  if (type === 'Delete') return { status: 'send', body, profileId }
  if (type !== 'Create' || latest.type !== 'Update') return { status: 'outdated' }
  const { object } = JSON.parse(latest.body)
  return { status: 'send', body: JSON.stringify({ ...JSON.parse(body), object }), profileId }
}
