import { sql } from 'drizzle-orm'
import { apInbox } from '../models/activitypub-inbox.ts'
import { apDeliveries, apOutbox } from '../models/activitypub-outbox.ts'
import { apLocalPosts } from '../models/activitypub.ts'
import type { Database } from '../models/database.ts'

/** How long an activity is known again when it is sent once more, and what was sent can be looked into. */
const keptDays = 30

/**
 * Forgets what is done with. Of what can still be read elsewhere, who was told of it stays: they must hear
 * when it changes, and when it is gone.
 */
export async function sweepFediverse(database: Database): Promise<void> {
  const isOld = (column: string) => sql.raw(`${column} < now() - interval '${keptDays} days'`)
  await database.execute(sql`
    delete from ${apInbox} where state <> 'pending' and ${isOld('received_at')}`)
  await database.execute(sql`
    delete from ${apOutbox} told where ${isOld('told.created_at')}
      and not exists (
        select from ${apDeliveries} delivery
        where delivery.outbox_id = told.id and delivery.state = 'queued')
      and (told.type <> 'Create' or not exists (
        select from ${apLocalPosts} post
        where post.deleted_at is null and told.object_uri like '%/posts/' || post.post_id))`)
}
