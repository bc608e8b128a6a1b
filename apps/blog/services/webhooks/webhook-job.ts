import { tagState } from '@rose-ash/shared/events/activities'
import { defineJob } from '@rose-ash/shared/infrastructure/jobs/job-definition'
import { z } from 'zod'
import { webhookEventNames } from './webhook-events.ts'

/** Something to be told to one target. The post is read when it is told, as it is then. */
export const webhookJob = defineJob({
  name: 'blog.deliver-webhook',
  payload: z.object({
    webhookId: z.uuid(),
    event: z.enum(webhookEventNames),
    /** Of the post, page or tag. */
    objectId: z.uuid().optional(),
    slug: z.string().optional(),
    formerSlug: z.string().optional(),
    /** Slugs of the tags that the post had. */
    formerTags: z.array(z.string()).optional(),
    /** What the tag was. */
    formerTag: tagState.optional(),
  }),
  retryLimit: 5,
  retryDelaySeconds: 10,
  timeLimitSeconds: 60,
})

export type WebhookNews = z.output<typeof webhookJob.payload>
