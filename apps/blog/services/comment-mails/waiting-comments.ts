import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { commentMails, comments, posts, type Queryable, users } from '../../models/index.ts'

/** More than these go into the next mail. */
export const mostInOneMail = 20

/** A comment that somebody is to be told of. */
export interface WaitingComment {
  readonly id: string
  readonly postId: string
  readonly postTitle: string
  readonly why: 'answer' | 'post'
  readonly name: string
  readonly html: string
  readonly createdAt: Date
}

/** Oldest first. */
export async function findWaiting(
  database: Queryable,
  userId: string,
): Promise<readonly WaitingComment[]> {
  return database
    .select({
      id: comments.id,
      postId: comments.postId,
      postTitle: posts.title,
      why: commentMails.why,
      name: sql<string>`coalesce(${users.displayName}, ${comments.authorName})`,
      html: comments.html,
      createdAt: comments.createdAt,
    })
    .from(commentMails)
    .innerJoin(comments, eq(comments.id, commentMails.commentId))
    .innerJoin(posts, eq(posts.id, comments.postId))
    .leftJoin(users, eq(users.id, comments.userId))
    .where(and(eq(commentMails.userId, userId), isNull(commentMails.sentAt)))
    .orderBy(asc(comments.createdAt), asc(comments.id))
    .limit(mostInOneMail)
}

/** Until the hour after the last mail is over; 0 when it is, or there was none. */
export async function secondsUntilNextMail(database: Queryable, userId: string): Promise<number> {
  const [row] = await database
    .select({
      seconds: sql`coalesce(ceil(extract(epoch from
        max(${commentMails.sentAt}) + interval '1 hour' - clock_timestamp())), 0)`.mapWith(Number),
    })
    .from(commentMails)
    .where(eq(commentMails.userId, userId))
  return Math.max(0, row?.seconds ?? 0)
}

export async function markSent(
  database: Queryable,
  { userId, commentIds }: { readonly userId: string; readonly commentIds: readonly string[] },
): Promise<void> {
  await database
    .update(commentMails)
    .set({ sentAt: sql`clock_timestamp()` })
    .where(isOneOf(userId, commentIds))
}

/** What is not to be told now may be when it is published again. */
export async function dropWaiting(
  database: Queryable,
  { userId, commentIds }: { readonly userId: string; readonly commentIds: readonly string[] },
): Promise<void> {
  if (commentIds.length === 0) return
  await database.delete(commentMails).where(isOneOf(userId, commentIds))
}

function isOneOf(userId: string, commentIds: readonly string[]) {
  return and(
    eq(commentMails.userId, userId),
    inArray(commentMails.commentId, [...commentIds]),
    isNull(commentMails.sentAt),
  )
}
