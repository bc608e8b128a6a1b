import { and, desc, eq, gt, ne, sql } from 'drizzle-orm'
import type { DiscussedPost } from '../../contracts/comments.ts'
import { ConflictError, NotFoundError, TooManyRequestsError } from '../../contracts/errors.ts'
import { may } from '../../contracts/permissions.ts'
import type { CurrentUser } from '../../contracts/visitor.ts'
import { users } from '../../models/accounts.ts'
import { posts } from '../../models/blog.ts'
import { comments } from '../../models/conversation.ts'
import type { Database, Transaction } from '../../models/database.ts'
import { commentHtml } from './comment-text.ts'
import { tellOfComment } from './tell-of-comment.ts'

const commentsInARow = 5
const rowMinutes = 10

interface Written {
  readonly author: CurrentUser
  /** As `readCommentText` returned it. */
  readonly text: string
  readonly parentId: string | undefined
}

/** `isNew` is false when it had been sent already. */
export async function addComment(
  database: Database,
  post: DiscussedPost,
  { author, text, parentId }: Written,
): Promise<{ readonly id: string; readonly isHeld: boolean; readonly isNew: boolean }> {
  return database.transaction(async (transaction) => {
    await assertOpen(transaction, post.id)
    await waitForTurn(transaction, author.id)
    const same = await findSameBefore(transaction, {
      postId: post.id,
      author,
      text,
      parentId,
    })
    if (same) return { id: same.id, isHeld: same.status === 'held', isNew: false }
    await assertSlow(transaction, author.id)
    if (parentId !== undefined) await assertAnswerable(transaction, post.id, parentId)
    const isHeld = !(await isTrusted(transaction, post, author))
    const [row] = await transaction
      .insert(comments)
      .values({
        postId: post.id,
        parentId: parentId ?? null,
        userId: author.id,
        authorName: author.displayName,
        html: commentHtml(text),
        source: text,
        status: isHeld ? 'held' : 'published',
        createdAt: sql`clock_timestamp()`,
      })
      .returning({ id: comments.id })
    if (!row) throw new Error('PostgreSQL did not return the comment')
    if (!isHeld) {
      await tellOfComment(transaction, {
        id: row.id,
        postId: post.id,
        parentId: parentId ?? null,
        userId: author.id,
      })
    }
    return { id: row.id, isHeld, isNew: true }
  })
}

/** It may have been unpublished, closed or deleted since the page was made. It stays until we are done. */
async function assertOpen(transaction: Transaction, postId: string): Promise<void> {
  const [post] = await transaction
    .select({ id: posts.id })
    .from(posts)
    .where(and(eq(posts.id, postId), eq(posts.status, 'published'), eq(posts.takesComments, true)))
    .for('key share')
  if (!post) throw new NotFoundError('This post takes no comments any more.')
}

/** What one member says at once is taken one after the other. */
async function waitForTurn(transaction: Transaction, userId: string): Promise<void> {
  const [user] = await transaction
    .select({ id: users.id })
    .from(users)
    .where(eq(users.id, userId))
    .for('no key update')
  if (!user) throw new NotFoundError('This account is no longer there.')
}

async function findSameBefore(
  transaction: Transaction,
  { postId, author, text, parentId }: Written & { readonly postId: string },
) {
  const [last] = await transaction
    .select({
      id: comments.id,
      source: comments.source,
      parentId: comments.parentId,
      status: comments.status,
    })
    .from(comments)
    .where(
      and(
        eq(comments.userId, author.id),
        eq(comments.postId, postId),
        ne(comments.status, 'deleted'),
      ),
    )
    .orderBy(desc(comments.createdAt), desc(comments.id))
    .limit(1)
  const isSame = last?.source === text && last.parentId === (parentId ?? null)
  return isSame ? last : undefined
}

async function assertSlow(transaction: Transaction, userId: string): Promise<void> {
  const since = sql`now() - ${sql.raw(`interval '${rowMinutes} minutes'`)}`
  const recent = await transaction
    .select({ id: comments.id })
    .from(comments)
    .where(and(eq(comments.userId, userId), gt(comments.createdAt, since)))
    .limit(commentsInARow)
  if (recent.length < commentsInARow) return
  throw new TooManyRequestsError(
    `You have written ${commentsInARow} comments in ${rowMinutes} minutes. Please give the others a little time and send this one in a few minutes.`,
  )
}

async function assertAnswerable(
  transaction: Transaction,
  postId: string,
  parentId: string,
): Promise<void> {
  const [parent] = await transaction
    .select({ id: comments.id })
    .from(comments)
    .where(
      and(eq(comments.id, parentId), eq(comments.postId, postId), eq(comments.status, 'published')),
    )
    .for('share')
  if (!parent) throw new ConflictError('The comment that you answer is no longer there.')
}

/** Nobody reads before publishing what these say. */
async function isTrusted(
  transaction: Transaction,
  post: DiscussedPost,
  author: CurrentUser,
): Promise<boolean> {
  if (post.isOfStaff || may(author.roles, 'comments.moderate')) return true
  const [earlier] = await transaction
    .select({ id: comments.id })
    .from(comments)
    .where(and(eq(comments.userId, author.id), eq(comments.status, 'published')))
    .limit(1)
  return earlier !== undefined
}
