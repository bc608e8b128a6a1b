import { randomUUID } from 'node:crypto'
import type { RunningJob } from '@rose-ash/shared/infrastructure/jobs/jobs'
import {
  type GuardedFetch,
  OutgoingError,
} from '@rose-ash/shared/infrastructure/outgoing/guarded-fetch'
import type { StoredSecrets } from '@rose-ash/shared/infrastructure/stored-secrets'
import { eq } from 'drizzle-orm'
import { outgoingWebhooks } from '../../models/index.ts'
import { ghostVersion } from '../content-api/ghost-version.ts'
import type { ContentSource } from '../content-api/resource.ts'
import { signBody } from './signature.ts'
import { testBody, webhookBody } from './webhook-body.ts'
import { isWebhookEvent } from './webhook-events.ts'
import type { WebhookNews } from './webhook-job.ts'

export interface WebhookSender {
  readonly source: ContentSource
  readonly outgoing: GuardedFetch
  readonly secrets: StoredSecrets
}

/** How it went, and what is shown of it to editors. */
export type Delivery =
  | { readonly result: 'delivered'; readonly status: number }
  /** The target does not want to hear of anything any more. */
  | { readonly result: 'gone'; readonly sentence: string }
  /** It may go better later, unless `isHopeless`. */
  | {
      readonly result: 'failed'
      readonly sentence: string
      readonly isHopeless: boolean
      /** Undefined when there was no answer. */
      readonly status?: number
    }

const timeLimitSeconds = 10

/**
 * Tells one target of what has happened. Throws when it has to be tried again: for the job, which does so
 * later and later. A target that is told twice, because a process has died, knows it by the job's id.
 */
export async function deliverWebhook(
  sender: WebhookSender,
  news: WebhookNews,
  job: Pick<RunningJob, 'id' | 'signal'>,
): Promise<void> {
  const webhook = await findWebhook(sender, news.webhookId)
  if (!webhook || webhook.lastStatus === 410) return
  const body = await webhookBody(sender.source, news)
  if (!body) return
  const delivery = await send(sender, webhook, { ...job, body })
  if (delivery.result !== 'failed' || delivery.isHopeless) return
  throw new Error(`webhook ${webhook.id} was not delivered: ${delivery.sentence}`)
}

/** Sends a test at once; undefined when there is no such webhook. It also revives one that was gone. */
export async function testWebhook(
  sender: WebhookSender,
  webhookId: string,
): Promise<Delivery | undefined> {
  const webhook = await findWebhook(sender, webhookId)
  if (!webhook || !isWebhookEvent(webhook.event)) return undefined
  const body = await testBody(sender.source, webhook.event)
  return send(sender, webhook, { id: randomUUID(), body })
}

interface Message {
  /** The same however often it is sent. */
  readonly id: string
  readonly body: object
  readonly signal?: AbortSignal
}

type Webhook = typeof outgoingWebhooks.$inferSelect

async function findWebhook({ source }: WebhookSender, id: string): Promise<Webhook | undefined> {
  const found = source.database.select().from(outgoingWebhooks)
  const [webhook] = await found.where(eq(outgoingWebhooks.id, id))
  return webhook
}

async function send(sender: WebhookSender, webhook: Webhook, message: Message): Promise<Delivery> {
  const delivery = await post(sender, webhook, message)
  const lastStatus = statusOf(delivery)
  const lastError = delivery.result === 'delivered' ? null : delivery.sentence
  await sender.source.database
    .update(outgoingWebhooks)
    .set({ lastTriggeredAt: new Date(), lastStatus, lastError })
    .where(eq(outgoingWebhooks.id, webhook.id))
  return delivery
}

function statusOf(delivery: Delivery): number | null {
  return delivery.result === 'gone' ? 410 : (delivery.status ?? null)
}

async function post(
  { outgoing, secrets }: WebhookSender,
  { targetUrl, sealedSecret }: Webhook,
  { id, body, signal }: Message,
): Promise<Delivery> {
  const text = JSON.stringify(body)
  const secret = secrets.open(sealedSecret)
  if (secret === undefined) return { result: 'failed', sentence: lostSecret, isHopeless: true }
  try {
    const { status } = await outgoing(targetUrl, {
      method: 'POST',
      body: text,
      headers: {
        'content-type': 'application/json',
        'content-version': `v${ghostVersion}`,
        'webhook-id': id,
        'x-ghost-signature': signBody(secret, text, Date.now()),
      },
      timeLimitSeconds,
      mostRedirects: 0,
      ...(signal && { signal }),
    })
    return judge(status, new URL(targetUrl).host)
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error
    const isHopeless = error.reason === 'private' || error.reason === 'not-an-address'
    const isMoved = error.reason === 'too-many-redirects'
    const sentence = isMoved ? 'It leads elsewhere, which is not followed.' : error.message
    return { result: 'failed', sentence, isHopeless }
  }
}

const lostSecret =
  'Its secret was kept under another SECRET_KEY. Please remove it, and add it again.'

function judge(status: number, host: string): Delivery {
  if (status >= 200 && status < 300) return { result: 'delivered', status }
  if (status === 410) {
    const sentence = `${host} says that it is gone, so it is told nothing more.`
    return { result: 'gone', sentence }
  }
  const sentence = `${host} answered ${status}.`
  return { result: 'failed', sentence, isHopeless: false, status }
}
