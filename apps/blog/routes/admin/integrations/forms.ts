import { z } from 'zod'
import { isWebhookEvent, type WebhookEvent } from '../../../services/webhooks/webhook-events.ts'

const longestName = 120
const longestAddress = 2000
const line = z.string().trim().catch('')
const posted = z.object({ name: line, event: line, targetUrl: line })

export function readName(body: unknown): { readonly name: string; readonly error: string | null } {
  const { name } = posted.parse(body ?? {})
  if (name === '') return { name, error: 'Please give it a name.' }
  if (name.length <= longestName) return { name, error: null }
  return { name, error: `A name has ${longestName} characters at most.` }
}

export interface WebhookForm {
  readonly values: { readonly event: string; readonly targetUrl: string }
  readonly errors: { readonly event?: string; readonly targetUrl?: string }
  /** Undefined when there are errors. */
  readonly webhook: { readonly event: WebhookEvent; readonly targetUrl: string } | undefined
}

/** Whether the address is a private one is found out by whoever asks it. */
export function readWebhookForm(body: unknown): WebhookForm {
  const values = posted.omit({ name: true }).parse(body ?? {})
  const { event } = values
  const targetUrl = readAddress(values.targetUrl)
  const webhook = isWebhookEvent(event) && targetUrl ? { event, targetUrl } : undefined
  const errors = {
    ...(!isWebhookEvent(event) && { event: 'Please choose what it is to be told of.' }),
    ...(!targetUrl && {
      targetUrl: 'That is no web address. It begins with https:// and holds no name and password.',
    }),
  }
  return { values, errors, webhook }
}

function readAddress(address: string): string | undefined {
  const url = address.length <= longestAddress ? URL.parse(address) : null
  const isWeb = url && /^https?:$/.test(url.protocol) && !url.username && !url.password
  return isWeb ? url.href : undefined
}
