import { UnavailableError } from '@rose-ash/shared/contracts/errors'
import type { NoticeMail } from '@rose-ash/shared/infrastructure/mail/notice-mail'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createUser } from '@rose-ash/testing/factories/member'
import { createPost } from '@rose-ash/testing/factories/post'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { commentMails } from '../../models/index.ts'
import { createTestConversation } from '../../routes/comments/test-comments.ts'
import { type CommentMailSender, sendCommentMail } from './send-comment-mail.ts'
import { createUnsubscribeLinks } from './unsubscribe-links.ts'

const connection = await createTestDatabase()
const { database, pool } = connection
const { blog, createComment } = await createTestConversation(connection)
afterAll(async () => {
  await blog.close()
  await connection.close()
})
beforeEach(async () => {
  await emptyTables(pool, 'posts', 'users', 'ap_activities')
})

/** A member who waits to be told of some comments, and a mail server that keeps what it takes. */
async function createWaiting(count: number) {
  const [user, post] = [await createUser(database), await createPost(database)]
  for (let number = 1; number <= count; number += 1) {
    const createdAt = new Date(Date.UTC(2026, 0, 1, 0, number))
    const { id } = await createComment({
      postId: post.id,
      html: `<p>No. ${number}.</p>`,
      createdAt,
    })
    await database.insert(commentMails).values({ userId: user.id, commentId: id, why: 'answer' })
  }
  const mails: NoticeMail[] = []
  const jobs: unknown[] = []
  const { services, config } = blog.dependencies
  const sender: CommentMailSender = {
    database,
    account: services.account,
    comments: services.comments,
    config,
    links: createUnsubscribeLinks(Buffer.alloc(32)),
    jobs: {
      enqueue: async (_definition, _payload, options) => {
        jobs.push(options?.delaySeconds ?? 0)
        return undefined
      },
    },
    sendMail: async (mail) => void mails.push(mail),
  }
  const send = (parts: Partial<CommentMailSender> = {}) =>
    sendCommentMail({ ...sender, ...parts }, { userId: user.id })
  return { mails, jobs, send }
}

const refuses = async () => {
  throw new UnavailableError('The mail server did not take the mail.')
}

test('a mail that was not taken is tried again whole, and once more is no mail', async () => {
  const { mails, send } = await createWaiting(2)
  await expect(send({ sendMail: refuses })).rejects.toThrow(UnavailableError)
  await send()
  await send()
  expect(mails.map(({ quotes }) => quotes?.length)).toEqual([2])
})

test('a mail whose sending was forgotten is the same mail to whoever gets it twice', async () => {
  const { mails, send } = await createWaiting(1)
  await send()
  await pool.query('update comment_mails set sent_at = null')
  await send()
  expect(mails).toHaveLength(2)
  expect(mails[0]?.messageId).toMatch(/^comments-[\da-f]{32}@blog\.localhost$/)
  expect(mails[1]?.messageId).toBe(mails[0]?.messageId)
})

test('two jobs of one person at once make one mail', async () => {
  const { mails, send } = await createWaiting(3)
  await Promise.all([send(), send(), send()])
  expect(mails).toHaveLength(1)
})

test('what comes within the hour waits for its end', async () => {
  const { mails, jobs, send } = await createWaiting(2)
  await pool.query(`update comment_mails set sent_at = now() - interval '10 minutes'
    where comment_id = (select id from comments where html = '<p>No. 1.</p>')`)
  await send()
  expect(mails).toEqual([])
  expect(jobs).toEqual([expect.closeTo(3000, -1)])
  await pool.query(`update comment_mails set sent_at = sent_at - interval '51 minutes'`)
  await send()
  expect(mails.map(({ quotes }) => quotes?.flatMap(({ lines }) => lines))).toEqual([['No. 2.']])
})

test('what does not fit into one mail is in the next', async () => {
  const { mails, jobs, send } = await createWaiting(21)
  await send()
  expect(jobs).toEqual([0])
  await pool.query(`update comment_mails set sent_at = sent_at - interval '61 minutes'`)
  await send()
  expect(mails.map(({ quotes }) => quotes?.length)).toEqual([20, 1])
  expect(mails[0]?.subject).toBe('20 new comments for you at Rose Ash')
})
