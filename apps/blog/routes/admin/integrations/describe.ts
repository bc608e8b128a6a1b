import type { Integration, Webhook } from '../../../services/webhooks/integrations.ts'
import {
  isWebhookEvent,
  webhookEventNames,
  webhookEvents,
} from '../../../services/webhooks/webhook-events.ts'
import { contentApiPath } from '../../content-api/routes.ts'
import type { WebhookForm } from './forms.ts'

export const listUrl = '/admin/integrations/'

export function integrationUrl(id: string): string {
  return `${listUrl}${id}/`
}

/** Of a webhook that was added just now; never shown again. */
export interface NewSecret {
  readonly targetUrl: string
  readonly value: string
}

interface Around {
  readonly siteUrl: string
  readonly webhooks: readonly Webhook[]
  readonly form: WebhookForm
  readonly secret: NewSecret | null
}

/** What the partial `integration-detail` shows. */
export function describeIntegration(
  { id, name, contentKey }: Integration,
  { siteUrl, webhooks, form, secret }: Around,
): object {
  const url = integrationUrl(id)
  const { values, errors } = form
  return {
    name,
    url,
    deleteUrl: `${url}delete`,
    apiUrl: siteUrl,
    contentKey,
    exampleUrl: `${contentApiPath}/posts/?key=${contentKey}&limit=1`,
    secret,
    webhooks: webhooks.map(describeWebhook),
    events: webhookEventNames.map((event) => ({
      name: event,
      label: webhookEvents[event],
      isChosen: event === values.event,
    })),
    values,
    errors: { event: errors.event ?? null, targetUrl: errors.targetUrl ?? null },
  }
}

interface DescribedWebhook extends Pick<
  Webhook,
  'event' | 'targetUrl' | 'lastTriggeredAt' | 'lastError'
> {
  readonly label: string
  readonly state: string
  readonly isGood: boolean
  readonly isBad: boolean
  readonly testUrl: string
  readonly removeUrl: string
}

function describeWebhook(webhook: Webhook): DescribedWebhook {
  const { id, integrationId, event, targetUrl, lastTriggeredAt, lastStatus, lastError } = webhook
  const isGood = lastStatus !== null && lastStatus < 300
  const base = `${integrationUrl(integrationId)}webhooks/${id}`
  return {
    event,
    targetUrl,
    lastTriggeredAt,
    lastError,
    label: isWebhookEvent(event) ? webhookEvents[event] : event,
    state: stateOf(webhook),
    isGood,
    isBad: lastTriggeredAt !== null && !isGood,
    testUrl: `${base}/test`,
    removeUrl: `${base}/remove`,
  }
}

function stateOf({ lastTriggeredAt, lastStatus }: Webhook): string {
  if (!lastTriggeredAt) return 'Not used yet'
  if (lastStatus === 410) return 'Stopped: the target is gone (410)'
  return lastStatus === null ? 'No answer' : `Answered ${lastStatus}`
}
