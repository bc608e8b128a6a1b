import { and, eq, ne, sql } from 'drizzle-orm'
import type { OwnComment } from '../../contracts/comments.ts'
import { editMinutes } from '../../contracts/comments.ts'
import { ConflictError, ForbiddenError, NotFoundError } from '../../contracts/errors.ts'
import type { CurrentUser } from '../../contracts/visitor.ts'
import { posts } from '../../models/blog.ts'
import { commentReports, comments, likes } from '../../models/conversation.ts'
import type { Database, Queryable, Transaction } from '../../models/database.ts'
import { commentHtml } from './comment-text.ts'
import { isFresh } from './thread.ts'

const missing = 'There is no such comment of yours.'

/** What somebody else wrote is as if it were not there. */
export async function findOwnComment(
  database: Queryable,
  commentId: string,
  author: CurrentUser,
): Promise<OwnComment | undefined> {
  const [found] = await database
    .select({
      id: comments.id,
      postId: comments.postId,
      slug: posts.slug,
      postTitle: posts.title,
      text: sql<string>`coalesce(${comments.source}, '')`,
      html: comments.html,
      status: comments.status,
      isFresh: isFresh(),
    })
    .from(comments)
    .innerJoin(posts, eq(posts.id, comments.postId))
    .where(isOwn(commentId, author))
  if (!found) return undefined
  const { isFresh: isInTime, status, ...comment } = found
  return { ...comment, canEdit: isInTime && status !== 'hidden' }
}

/** `text` as `readCommentText` returned it. */
export async function editComment(
  database: Database,
  commentId: string,
  { author, text }: { readonly author: CurrentUser; readonly text: string },
): Promise<void> {
  await database.transaction(async (transaction) => {
    const comment = await lockOwn(transaction, commentId, author)
    if (comment.status === 'hidden') {
      throw new ConflictError('A moderator has taken this comment away, so it cannot be changed.')
    }
    if (!comment.isFresh) {
      throw new ForbiddenError(
        `A comment can be changed for ${editMinutes} minutes. You can still delete it, or answer it.`,
      )
    }
    if (comment.source === text) return
    await transaction
      .update(comments)
      .set({ source: text, html: commentHtml(text), editedAt: sql`now()` })
      .where(eq(comments.id, commentId))
  })
}

/** Returns the post's id. */
export async function removeOwnComment(
  database: Database,
  commentId: string,
  author: CurrentUser,
): Promise<string> {
  return database.transaction(async (transaction) => {
    const { postId } = await lockOwn(transaction, commentId, author)
    await eraseComment(transaction, commentId)
    return postId
  })
}

/** The row stays in its place in the thread, and so that a limit on writing cannot be got around. */
export async function eraseComment(transaction: Transaction, commentId: string): Promise<void> {
  await transaction
    .update(comments)
    .set({
      status: 'deleted',
      html: '',
      source: null,
      authorName: '',
      authorHandle: null,
      authorAvatar: null,
      editedAt: null,
    })
    .where(eq(comments.id, commentId))
  await transaction.delete(commentReports).where(eq(commentReports.commentId, commentId))
  await transaction
    .delete(likes)
    .where(and(eq(likes.targetType, 'comment'), eq(likes.targetId, commentId)))
}

async function lockOwn(transaction: Transaction, commentId: string, author: CurrentUser) {
  const [comment] = await transaction
    .select({
      postId: comments.postId,
      status: comments.status,
      source: comments.source,
      isFresh: isFresh(),
    })
    .from(comments)
    .where(isOwn(commentId, author))
    .for('update')
  if (!comment) throw new NotFoundError(missing)
  return comment
}

function isOwn(commentId: string, author: CurrentUser) {
  return and(
    eq(comments.id, commentId),
    eq(comments.userId, author.id),
    ne(comments.status, 'deleted'),
  )
}
