import { and, eq, inArray, isNotNull, ne, type SQL, sql } from 'drizzle-orm'
import type { RemoteAuthor } from '../../contracts/remote-comments.ts'
import { comments } from '../../models/conversation.ts'
import type { Database } from '../../models/database.ts'
import { eraseComment } from './own-comments.ts'

/** Returns the posts that something is gone from. */
export async function removeRepliesOf(
  database: Database,
  author: RemoteAuthor,
): Promise<readonly string[]> {
  return eraseWhere(database, isBy(author))
}

/** Returns the posts that something is gone from. */
export async function eraseComments(
  database: Database,
  ids: readonly string[],
): Promise<readonly string[]> {
  return eraseWhere(database, inArray(comments.id, [...ids]))
}

export async function findRemoteAuthor(
  database: Database,
  commentId: string,
): Promise<{ readonly url: string } | undefined> {
  const [found] = await database
    .select({ url: comments.authorUrl })
    .from(comments)
    .where(and(eq(comments.id, commentId), isNotNull(comments.remoteUrl)))
  return found?.url ? { url: found.url } : undefined
}

/** As when a moderator hides each of them. Returns the posts that something is gone from. */
export async function hideRepliesOf(
  database: Database,
  author: RemoteAuthor,
): Promise<readonly string[]> {
  const hidden = await database
    .update(comments)
    .set({ status: 'hidden' })
    .where(and(isBy(author), inArray(comments.status, ['published', 'held'])))
    .returning({ postId: comments.postId })
  return hidden.map(({ postId }) => postId)
}

async function eraseWhere(
  database: Database,
  condition: SQL | undefined,
): Promise<readonly string[]> {
  return database.transaction(async (transaction) => {
    const found = await transaction
      .select({ id: comments.id, postId: comments.postId })
      .from(comments)
      .where(and(condition, ne(comments.status, 'deleted')))
      // In one order, so that two who do so never wait for each other.
      .orderBy(comments.id)
      .for('update')
    for (const { id } of found) await eraseComment(transaction, id)
    return found.map(({ postId }) => postId)
  })
}

function isBy(author: RemoteAuthor): SQL | undefined {
  const isFromElsewhere = isNotNull(comments.remoteUrl)
  return 'host' in author
    ? and(isFromElsewhere, eq(sql`split_part(${comments.authorUrl}, '/', 3)`, author.host))
    : and(isFromElsewhere, eq(comments.authorUrl, author.authorUrl))
}
