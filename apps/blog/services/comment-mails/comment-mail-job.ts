import type { EventHandler } from '@rose-ash/shared/events/subscriptions'
import { defineJob } from '@rose-ash/shared/infrastructure/jobs/job-definition'
import type { Jobs } from '@rose-ash/shared/infrastructure/jobs/jobs'
import { z } from 'zod'
import { commentMails } from '../../models/index.ts'
import { findRecipients } from './recipients.ts'

/** Tells somebody by mail of all comments that wait to be told to them. */
export const commentMailJob = defineJob({
  name: 'blog.comment-mail',
  payload: z.object({ userId: z.uuid() }),
  // Two days and a few hours, since the waits grow to one hour: a mail server may be down overnight.
  retryLimit: 60,
  timeLimitSeconds: 60,
})

/** `blog.mail-about-comments`: nobody is told of a comment twice, also when it is published again. */
export function createMailAboutComments(
  jobs: Pick<Jobs, 'enqueue'>,
): EventHandler<'CommentPublished'> {
  return async (transaction, { objectId }) => {
    const recipients = await findRecipients(transaction, objectId)
    if (recipients.length === 0) return
    const added = await transaction
      .insert(commentMails)
      .values(recipients.map((recipient) => ({ ...recipient, commentId: objectId })))
      .onConflictDoNothing()
      .returning({ userId: commentMails.userId })
    for (const { userId } of added) await jobs.enqueue(commentMailJob, { userId }, { transaction })
  }
}
