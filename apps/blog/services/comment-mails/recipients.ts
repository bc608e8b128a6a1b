import { and, eq } from 'drizzle-orm'
import { authors, comments, postAuthors, type Transaction, users } from '../../models/index.ts'

export interface Recipient {
  readonly userId: string
  readonly why: 'answer' | 'post'
}

/**
 * Whose comment it answers, and who wrote the post; never the one who said it, nor who wants no such
 * mails. Whether they may read it is looked at when the mail is made.
 */
export async function findRecipients(
  transaction: Transaction,
  commentId: string,
): Promise<readonly Recipient[]> {
  const [comment] = await transaction
    .select({ postId: comments.postId, parentId: comments.parentId, userId: comments.userId })
    .from(comments)
    .where(and(eq(comments.id, commentId), eq(comments.status, 'published')))
    .for('key share')
  if (!comment) return []
  const answered = comment.parentId ? await findAuthor(transaction, comment.parentId) : []
  const writers = await transaction
    .selectDistinct({ userId: users.id })
    .from(postAuthors)
    .innerJoin(authors, eq(authors.id, postAuthors.authorId))
    .innerJoin(users, eq(users.id, authors.userId))
    .where(and(eq(postAuthors.postId, comment.postId), eq(users.mailsOfComments, true)))
  const whys = new Map<string, Recipient['why']>([
    ...writers.map(({ userId }) => [userId, 'post'] as const),
    ...answered.map(({ userId }) => [userId, 'answer'] as const),
  ])
  if (comment.userId) whys.delete(comment.userId)
  return [...whys].map(([userId, why]) => ({ userId, why }))
}

function findAuthor(transaction: Transaction, commentId: string) {
  return transaction
    .select({ userId: users.id })
    .from(comments)
    .innerJoin(users, eq(users.id, comments.userId))
    .where(
      and(
        eq(comments.id, commentId),
        eq(comments.status, 'published'),
        eq(users.mailsOfAnswers, true),
      ),
    )
}
