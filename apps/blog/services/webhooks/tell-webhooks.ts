import type { EventHandler } from '@rose-ash/shared/events/subscriptions'
import type { Jobs } from '@rose-ash/shared/infrastructure/jobs/jobs'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { outgoingWebhooks, posts, type Transaction } from '../../models/index.ts'
import { eventsOf, type ToldActivity } from './webhook-events.ts'
import { webhookJob, type WebhookNews } from './webhook-job.ts'

/**
 * A job for each webhook that wants to hear of it, in the transaction that says so. Of the many posts of
 * an import only its end is told: that the site has changed.
 */
export function createTellWebhooks(jobs: Jobs): EventHandler<ToldActivity['type']> {
  return async (transaction, activity) => {
    if (isOfAnImport(activity)) return
    const isPost = activity.objectType === 'Article' || activity.objectType === 'Page'
    const status = isPost ? await findStatus(transaction, activity.objectId) : undefined
    const events = eventsOf(activity, status)
    for (const webhook of await findWebhooks(transaction, events)) {
      for (const event of events.filter((name) => name === webhook.event)) {
        const news = { webhookId: webhook.id, event, ...aboutOf(activity) }
        const group = new URL(webhook.targetUrl).host
        await jobs.enqueue(webhookJob, news, { transaction, group })
      }
    }
  }
}

function isOfAnImport(activity: ToldActivity): boolean {
  const isChange = ['Create', 'Update', 'Delete'].includes(activity.type)
  return isChange && activity.visibility === 'internal'
}

function aboutOf(activity: ToldActivity): Omit<WebhookNews, 'webhookId' | 'event'> {
  const { objectId } = activity
  switch (activity.type) {
    case 'ImportFinished':
      return {}
    case 'TagChanged': {
      const { payload } = activity
      return { objectId, ...(payload.change !== 'added' && { formerTag: payload.before }) }
    }
    case 'PostTagsChanged': {
      const { before } = activity.payload
      return { objectId, ...(before && { formerTags: before }) }
    }
    case 'Create':
    case 'Update':
    case 'Delete':
      return { objectId, ...activity.payload }
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
    .select({
      id: outgoingWebhooks.id,
      event: outgoingWebhooks.event,
      targetUrl: outgoingWebhooks.targetUrl,
    })
    .from(outgoingWebhooks)
    .where(
      and(
        inArray(outgoingWebhooks.event, [...events]),
        sql`${outgoingWebhooks.lastStatus} is distinct from 410`,
      ),
    )
}
