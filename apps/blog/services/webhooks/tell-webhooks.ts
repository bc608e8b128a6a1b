import type { EventHandler } from '@rose-ash/shared/events/subscriptions'
import type { Jobs } from '@rose-ash/shared/infrastructure/jobs/jobs'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { outgoingWebhooks, posts, type Transaction } from '../../models/index.ts'
import { eventsOf, isWebhookEvent, type ToldActivity } from './webhook-events.ts'
import { webhookJob } from './webhook-job.ts'

/**
 * A job for each webhook that wants to hear of it, in the transaction that says so. Of the many posts of
 * an import only its end is told: that the site has changed.
 */
export function createTellWebhooks(jobs: Jobs): EventHandler<ToldActivity['type']> {
  return async (transaction, activity) => {
    const isPost = activity.type !== 'ImportFinished'
    if (isPost && activity.visibility === 'internal') return
    const status = isPost ? await findStatus(transaction, activity.objectId) : undefined
    const events = eventsOf(activity, status)
    for (const { id, event } of await findWebhooks(transaction, events)) {
      if (!isWebhookEvent(event)) continue
      const about = isPost ? { objectId: activity.objectId, ...activity.payload } : {}
      await jobs.enqueue(webhookJob, { webhookId: id, event, ...about }, { transaction })
    }
  }
}

async function findStatus(transaction: Transaction, id: string): Promise<string | undefined> {
  const [post] = await transaction
    .select({ status: posts.status })
    .from(posts)
    .where(eq(posts.id, id))
  return post?.status
}

/** Without those whose target has said that it is gone. */
async function findWebhooks(transaction: Transaction, events: readonly string[]) {
  if (events.length === 0) return []
  return transaction
    .select({ id: outgoingWebhooks.id, event: outgoingWebhooks.event })
    .from(outgoingWebhooks)
    .where(
      and(
        inArray(outgoingWebhooks.event, [...events]),
        sql`${outgoingWebhooks.lastStatus} is distinct from 410`,
      ),
    )
}
