import { createHash, randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { apDeliveries, apOutbox } from '../../models/activitypub-outbox.ts'
import {
  apDomainRules,
  apFollowers,
  apInstances,
  apInteractions,
  apLocalPosts,
  apRemoteActors,
} from '../../models/activitypub.ts'
import type { Transaction } from '../../models/database.ts'
import type { Fediverse } from '../fediverse.ts'
import { isGivenUp } from '../instances.ts'
import { serialiseActivity } from '../serialise/activity.ts'
import { articleObject, type PublicArticle } from '../serialise/article.ts'
import { storeActivity, wakeWorkers } from './queue-activity.ts'

export interface ArticleNews {
  readonly postId: string
  /** False for what is no news: then only those hear of it who had heard of the post before. */
  readonly isNews: boolean
}

/**
 * Compares what other servers were told of a post with what strangers can read of it now, and queues the
 * difference. So it does not matter in which order changes are heard of, or how often; a change that
 * strangers do not see is none.
 */
export async function tellOfArticle(
  transaction: Transaction,
  fediverse: Fediverse,
  { postId, isNews }: ArticleNews,
): Promise<void> {
  const lock = `ap-post ${postId}`
  await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 7673))`)
  const [told] = await transaction
    .select()
    .from(apLocalPosts)
    .where(eq(apLocalPosts.postId, postId))
    .for('update')
  const wasThere = told !== undefined && told.deletedAt === null
  if (!wasThere && !isNews) return
  const article = await fediverse.publisher.find(postId)
  if (!article) {
    if (!wasThere) return
    await queue(transaction, fediverse, { type: 'Delete', postId })
    await transaction
      .update(apLocalPosts)
      .set({ deletedAt: sql`now()` })
      .where(eq(apLocalPosts.postId, postId))
    return
  }
  const contentHash = hashOf(article, fediverse)
  if (wasThere && told.contentHash === contentHash) return
  await queue(transaction, fediverse, { type: wasThere ? 'Update' : 'Create', postId, article })
  await transaction
    .insert(apLocalPosts)
    .values({ postId, contentHash })
    .onConflictDoUpdate({
      target: apLocalPosts.postId,
      set: { contentHash, deletedAt: null },
    })
}

interface Change {
  readonly type: 'Create' | 'Update' | 'Delete'
  readonly postId: string
  readonly article?: PublicArticle
}

async function queue(
  transaction: Transaction,
  { addresses, profile }: Fediverse,
  { type, postId, article }: Change,
): Promise<void> {
  const { id: profileId } = await profile()
  const objectUri = addresses.post(postId)
  const activityUri = addresses.activity(randomUUID())
  const object = article ? articleObject(article, addresses) : { id: objectUri, type: 'Tombstone' }
  const body = serialiseActivity({ type, id: activityUri, object, at: new Date() }, addresses)
  const activity = { activityUri, profileId, type, objectUri, body }
  const outboxId = await storeActivity(transaction, activity)
  if (outboxId === undefined) return
  await queueForAll(transaction, { outboxId, profileId, postId, objectUri, type })
  await wakeWorkers(transaction)
}

/**
 * One row for each inbox, shared ones once. A change also goes to those who have the post though they do not
 * follow, or follow no longer: whoever was sent it, and whoever liked or boosted it.
 */
async function queueForAll(
  transaction: Transaction,
  sent: {
    readonly outboxId: number
    readonly profileId: string
    readonly postId: string
    readonly objectUri: string
    readonly type: Change['type']
  },
): Promise<void> {
  const { outboxId, profileId, postId, objectUri, type } = sent
  const inbox = sql`coalesce(actor.shared_inbox, actor.inbox)`
  const earlier =
    type === 'Create'
      ? sql``
      : sql`
    union
    select delivery.inbox from ${apDeliveries} delivery
    join ${apOutbox} told on told.id = delivery.outbox_id
    where delivery.object_uri = ${objectUri} and told.id <> ${outboxId}
    union
    select ${inbox} from ${apInteractions} interaction
    join ${apRemoteActors} actor on actor.uri = interaction.actor_uri
    where interaction.post_id = ${postId}`
  await transaction.execute(sql`
    with recipients (inbox) as (
      select distinct ${inbox} from ${apFollowers} follower
      join ${apRemoteActors} actor on actor.uri = follower.actor_uri
      where follower.profile_id = ${profileId}
      ${earlier}
    ), addressed as (
      select inbox, split_part(inbox, '/', 3) as host from recipients
    )
    insert into ${apDeliveries} (outbox_id, inbox, host, object_uri)
    select ${outboxId}, inbox, host, ${objectUri} from addressed
    where not exists (select from ${apDomainRules} rule where rule.host = addressed.host)
      and not exists (select from ${apInstances} where ${apInstances.host} = addressed.host
        and ${isGivenUp()})`)
}

/** Without the time of the change: saving a post again changes nothing for anybody. */
function hashOf(article: PublicArticle, { addresses }: Fediverse): string {
  const told = articleObject({ ...article, updatedAt: article.publishedAt }, addresses)
  return createHash('sha256').update(JSON.stringify(told)).digest('hex')
}
