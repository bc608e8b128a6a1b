import { sql } from 'drizzle-orm'
import { apOutbox } from '../../models/activitypub-outbox.ts'
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
  const { rows } = await database.execute<{
    profile_id: string
    type: string
    body: string
    later_type: string | null
    later_body: string | null
  }>(sql`
    select told.profile_id, told.type, told.body, later.type as later_type, later.body as later_body
    from ${apOutbox} told left join lateral (
      select type, body from ${apOutbox} latest
      where latest.object_uri = told.object_uri and latest.profile_id = told.profile_id
        and latest.id > told.id
      order by latest.id desc limit 1
    ) later on true
    where told.id = ${outboxId}`)
  const [told] = rows
  if (!told) return { status: 'outdated' }
  const { profile_id: profileId, type, body } = told
  // Both the end of one and the beginning of the next are said, in their order.
  if (told.later_body === null || type === 'Delete') return { status: 'send', body, profileId }
  if (type !== 'Create' || told.later_type !== 'Update') return { status: 'outdated' }
  const { object } = JSON.parse(told.later_body)
  return { status: 'send', body: JSON.stringify({ ...JSON.parse(body), object }), profileId }
}
