import { createHash } from 'node:crypto'
import type { AccountService } from '@rose-ash/shared/contracts/account'
import type { CommentsService } from '@rose-ash/shared/contracts/comments'
import { may } from '@rose-ash/shared/contracts/permissions'
import type { CurrentUser } from '@rose-ash/shared/contracts/visitor'
import type { AppConfig } from '@rose-ash/shared/infrastructure/config/schema'
import type { Jobs } from '@rose-ash/shared/infrastructure/jobs/jobs'
import type { SendNoticeMail } from '@rose-ash/shared/infrastructure/mail/notice-mail'
import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Database } from '../../models/index.ts'
import { commentMailJob } from './comment-mail-job.ts'
import { describeCommentMail } from './describe-comment-mail.ts'
import type { MailKind, UnsubscribeLinks } from './unsubscribe-links.ts'
import {
  dropWaiting,
  findWaiting,
  markSent,
  mostInOneMail,
  secondsUntilNextMail,
  type WaitingComment,
} from './waiting-comments.ts'

export interface CommentMailSender {
  readonly database: Database
  readonly account: Pick<AccountService, 'findUser' | 'findMailChoices'>
  readonly comments: Pick<CommentsService, 'findPlace'>
  readonly jobs: Pick<Jobs, 'enqueue'>
  readonly sendMail: SendNoticeMail
  readonly links: UnsubscribeLinks
  readonly config: Pick<AppConfig, 'platform' | 'publicUrls'>
}

/**
 * At most one mail an hour to one person: the first at once, and what comes within the hour together in
 * the next. Throws when the mail server does not take it, so that the job is tried again.
 */
export async function sendCommentMail(
  sender: CommentMailSender,
  { userId }: z.output<typeof commentMailJob.payload>,
): Promise<void> {
  const { database, jobs, sendMail, links, config } = sender
  await database.transaction(async (transaction) => {
    // One at a time for one person, until the mail server has taken it.
    await transaction.execute(
      sql`select pg_advisory_xact_lock(hashtextextended(${`comment-mail ${userId}`}, 0))`,
    )
    const waiting = await findWaiting(transaction, userId)
    if (waiting.length === 0) return
    const delaySeconds = await secondsUntilNextMail(transaction, userId)
    if (delaySeconds > 0) {
      await jobs.enqueue(commentMailJob, { userId }, { transaction, delaySeconds })
      return
    }
    const user = await sender.account.findUser(userId)
    if (waiting.length === mostInOneMail) {
      await jobs.enqueue(commentMailJob, { userId }, { transaction })
    }
    const told = user ? await findTold(sender, user, waiting) : []
    const others = waiting.filter((comment) => !told.includes(comment))
    await dropWaiting(transaction, { userId, commentIds: others.map(({ id }) => id) })
    if (!user || told.length === 0) return
    await sendMail({
      to: user.email,
      ...describeCommentMail(config, told),
      unsubscribeUrl: config.publicUrls.blog + links.create(userId, kindOf(told)),
      messageId: messageIdOf(userId, told, config.publicUrls.blog),
    })
    await markSent(transaction, { userId, commentIds: told.map(({ id }) => id) })
  })
}

/** What ending such mails ends: the kind that it told of, or both. */
function kindOf(told: readonly WaitingComment[]): MailKind {
  const [why, ...others] = new Set(told.map((comment) => comment.why))
  return why === undefined || others.length > 0 ? 'both' : why
}

/** What they may read at this moment, want to be told of, and have not written themselves. */
async function findTold(
  { account, comments }: CommentMailSender,
  user: CurrentUser,
  waiting: readonly WaitingComment[],
): Promise<readonly WaitingComment[]> {
  const choices = await account.findMailChoices(user.id)
  const told: WaitingComment[] = []
  for (const comment of waiting) {
    const { id, postId, why } = comment
    if (!(why === 'answer' ? choices?.ofAnswers : choices?.ofComments)) continue
    if (why === 'post' && !may(user.roles, 'posts.edit', { type: 'page', id: postId })) continue
    const place = await comments.findPlace(id, user)
    if (place?.isPublished) told.push(comment)
  }
  return told
}

/** When the process died after the mail was taken, the next try is the same mail to the recipient's server. */
function messageIdOf(userId: string, told: readonly WaitingComment[], blogUrl: string): string {
  const ids = told.map(({ id }) => id).toSorted()
  const hash = createHash('sha256').update([userId, ...ids].join(' '))
  return `comments-${hash.digest('hex').slice(0, 32)}@${new URL(blogUrl).hostname}`
}
