import type { AppDependencies } from '@rose-ash/shared/infrastructure/app/dependencies'
import { deriveKey } from '@rose-ash/shared/infrastructure/keys'
import { createMailer } from '@rose-ash/shared/infrastructure/mail/mailer'
import { createNoticeMail } from '@rose-ash/shared/infrastructure/mail/notice-mail'
import type { Render } from '@rose-ash/shared/infrastructure/view/templates'
import { commentMailJob } from './comment-mail-job.ts'
import { createUnsubscribeLinks, type UnsubscribeLinks } from './unsubscribe-links.ts'

export interface CommentMails {
  readonly links: UnsubscribeLinks
  /** Sends what waits, from now on. */
  work(): Promise<void>
}

export function createCommentMails(
  { config, connection, jobs, services }: AppDependencies,
  render: Render,
): CommentMails {
  const links = createUnsubscribeLinks(deriveKey(config.secretKey, 'unsubscribing'))
  const sendMail = createNoticeMail({ config, render, mailer: createMailer(config) })
  const { account, comments } = services
  const sender = { database: connection.database, account, comments, jobs, sendMail, links, config }
  return {
    links,
    work: () =>
      jobs.work(commentMailJob, async (job) => {
        const { sendCommentMail } = await import('./send-comment-mail.ts')
        await sendCommentMail(sender, job)
      }),
  }
}
