import { startWork } from '@rose-ash/shared/infrastructure/app/work'
import type { DatabaseConnection } from '@rose-ash/shared/infrastructure/database'
import { startTestMailbox } from '@rose-ash/testing/mailbox'
import { expect } from 'vitest'
import { createTestConversation } from '../../routes/comments/test-comments.ts'

/** The blog with its readers, its work behind the scenes and a mail server that delivers to nobody. */
export async function startTestCommentMails(connection: DatabaseConnection) {
  const mailbox = await startTestMailbox()
  const conversation = await createTestConversation(connection, { smtpUrl: mailbox.smtpUrl })
  const work = await startWork(conversation.blog, conversation.blog.dependencies)
  const { pool } = connection

  return {
    ...conversation,
    mailbox,
    /** Once all that has happened is told of, or waits for its hour. */
    async sentTo(address: string) {
      await settled()
      return mailbox.sentTo(address)
    },
    settled,
    /** As if the last mails had gone out an hour ago. */
    async letAnHourPass() {
      await pool.query(`update comment_mails set sent_at = sent_at - interval '61 minutes'`)
    },
    async [Symbol.asyncDispose]() {
      await work[Symbol.asyncDispose]()
      await conversation.blog.close()
      await mailbox[Symbol.asyncDispose]()
    },
  }

  async function settled(): Promise<void> {
    await expect
      .poll(countUnderWay, { timeout: 20_000, interval: 20 })
      .toEqual({ deliveries: 0, jobs: 0 })
  }

  async function countUnderWay() {
    const { rows } = await pool.query(`select
      (select count(*)::int from event_deliveries where state <> 'done') as deliveries,
      (select count(*)::int from pgboss.job where name = 'blog.comment-mail'
        and state in ('created', 'retry', 'active') and start_after < now() + interval '20 minutes') as jobs`)
    return rows[0]
  }
}
