import type { AppDependencies } from '@rose-ash/shared/infrastructure/app/dependencies'
import type { Jobs } from '@rose-ash/shared/infrastructure/jobs/jobs'
import { createAbsoluteAddresses } from '../content-api/absolute-addresses.ts'
import { writeUtc } from '../content-api/dates.ts'
import { deliverWebhook, type WebhookSender } from './deliver-webhook.ts'
import { webhookJob } from './webhook-job.ts'

/** Hosts at once in one process. */
const concurrency = 4

export function createWebhookSender({
  config,
  connection,
  outgoing,
  secrets,
}: Pick<AppDependencies, 'config' | 'connection' | 'outgoing' | 'secrets'>): WebhookSender {
  const addresses = createAbsoluteAddresses(config.publicUrls.blog)
  const source = { database: connection.database, addresses, writeDate: writeUtc }
  return { source, outgoing, secrets }
}

export function workOnWebhooks(jobs: Jobs, sender: WebhookSender): Promise<void> {
  return jobs.work(webhookJob, (news, job) => deliverWebhook(sender, news, job), {
    concurrency,
    takesTurns: true,
  })
}
