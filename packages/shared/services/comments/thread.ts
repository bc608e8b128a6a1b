import { and, asc, count, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import {
  type Comment,
  type CommentThread,
  commentsPageSize,
  editMinutes,
} from '../../contracts/comments.ts'
import { NotFoundError } from '../../contracts/errors.ts'
import { users } from '../../models/accounts.ts'
import { authors, postAuthors } from '../../models/blog.ts'
import { comments } from '../../models/conversation.ts'
import type { Queryable } from '../../models/database.ts'

interface Asked {
  readonly visitorId: string | undefined
  readonly pageNumber: number
}

/** One page of a discussion, in one query. */
export async function readThread(
  database: Queryable,
  postId: string,
  { visitorId, pageNumber }: Asked,
): Promise<CommentThread> {
  const parent = alias(comments, 'parent')
  const parentUser = alias(users, 'parent_user')
  const published = database
    .select({ value: count() })
    .from(comments)
    .where(and(eq(comments.postId, postId), eq(comments.status, 'published')))
  const first = (pageNumber - 1) * commentsPageSize
  const rows = await database
    .select({
      id: comments.id,
      parentId: comments.parentId,
      status: comments.status,
      userId: comments.userId,
      name: sql<string>`coalesce(${users.displayName}, ${comments.authorName})`,
      authorUrl: comments.authorUrl,
      authorHandle: comments.authorHandle,
      remoteUrl: comments.remoteUrl,
      html: comments.html,
      createdAt: comments.createdAt,
      editedAt: comments.editedAt,
      isFresh: isFresh(),
      isByPostAuthor: isByPostAuthor(database, postId),
      parentName: sql<string>`coalesce(${parentUser.displayName}, ${parent.authorName})`,
      parentStatus: parent.status,
      parentUserId: parent.userId,
      depth: sql`placed.depth`.mapWith(Number),
      total: sql`placed.total`.mapWith(Number),
      publishedCount: sql`(${published})`.mapWith(Number),
    })
    .from(comments)
    .innerJoin(placedComments(postId, visitorId), sql`placed.id = ${comments.id}`)
    .leftJoin(users, eq(users.id, comments.userId))
    .leftJoin(parent, eq(parent.id, comments.parentId))
    .leftJoin(parentUser, eq(parentUser.id, parent.userId))
    .where(sql`placed.place > ${first} and placed.place <= ${first + commentsPageSize}`)
    .orderBy(asc(sql`placed.place`))
  const [row] = rows
  if (!row && pageNumber > 1) throw new NotFoundError('The comments end before this page.')
  return {
    comments: rows.map((each) => toComment(each, visitorId)),
    publishedCount: row?.publishedCount ?? 0,
    pageNumber,
    pageCount: Math.max(1, Math.ceil((row?.total ?? 0) / commentsPageSize)),
  }
}

/** On which page of its discussion a comment stands for this visitor; undefined when on none. */
export async function findPageNumber(
  database: Queryable,
  comment: { readonly id: string; readonly postId: string },
  visitorId: string | undefined,
): Promise<number | undefined> {
  const [row] = await database
    .select({ place: sql`placed.place`.mapWith(Number) })
    .from(placedComments(comment.postId, visitorId))
    .where(sql`placed.id = ${comment.id}`)
  return row && Math.ceil(row.place / commentsPageSize)
}

/** Published comments of each post; posts without any are left out. */
export async function countPublished(
  database: Queryable,
  postIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (postIds.length === 0) return new Map()
  const rows = await database
    .select({ postId: comments.postId, count: count() })
    .from(comments)
    .where(and(inArray(comments.postId, [...postIds]), eq(comments.status, 'published')))
    .groupBy(comments.postId)
  return new Map(rows.map((row) => [row.postId, row.count]))
}

/** Its author may still change it. */
export function isFresh(): SQL<boolean> {
  const minutes = sql.raw(`interval '${editMinutes} minutes'`)
  return sql<boolean>`${comments.createdAt} > now() - ${minutes}`
}

/**
 * The comments that are shown, in order: `shown` are those that the visitor may see and, for their
 * places, all that these answer. Under each first comment come all answers in it, oldest first.
 */
function placedComments(postId: string, visitorId: string | undefined): SQL {
  const own = visitorId ? sql`or status = 'held' and user_id = ${visitorId}` : sql``
  return sql`(
    with recursive shown as (
      select id, parent_id, created_at from comments
      where post_id = ${postId} and (status = 'published' ${own})
      union
      select up.id, up.parent_id, up.created_at from comments up
      join shown on shown.parent_id = up.id
    ), nested as (
      select id, 0 as depth, created_at, created_at as root_at, id as root_id
      from shown where parent_id is null
      union all
      select shown.id, nested.depth + 1, shown.created_at, nested.root_at, nested.root_id
      from nested join shown on shown.parent_id = nested.id
    )
    select id, depth, count(*) over () as total,
      row_number() over (order by root_at, root_id, least(depth, 1), created_at, id) as place
    from nested
  ) as placed`
}

function isByPostAuthor(database: Queryable, postId: string): SQL<boolean> {
  const own = database
    .select({ one: sql`1` })
    .from(postAuthors)
    .innerJoin(authors, eq(authors.id, postAuthors.authorId))
    .where(and(eq(postAuthors.postId, postId), eq(authors.userId, comments.userId)))
  return sql<boolean>`exists (${own})`
}

type Row = Pick<
  typeof comments.$inferSelect,
  | 'id'
  | 'parentId'
  | 'status'
  | 'userId'
  | 'authorUrl'
  | 'authorHandle'
  | 'remoteUrl'
  | 'html'
  | 'createdAt'
  | 'editedAt'
> & {
  readonly name: string
  readonly isFresh: boolean
  readonly isByPostAuthor: boolean
  readonly parentName: string
  readonly parentStatus: Row['status'] | null
  readonly parentUserId: string | null
  readonly depth: number
}

function toComment(row: Row, visitorId: string | undefined): Comment {
  const { id, parentId, status, depth, name, html, authorUrl, authorHandle, remoteUrl } = row
  const isSeen = (one: Row['status'] | null, userId: string | null) =>
    one === 'published' || (one === 'held' && userId !== null && userId === visitorId)
  const isOwn = row.userId !== null && row.userId === visitorId
  const isParentSeen = isSeen(row.parentStatus, row.parentUserId)
  return {
    id,
    parentId,
    isReply: depth > 0,
    inReplyTo:
      depth > 1 && parentId ? { id: parentId, name: isParentSeen ? row.parentName : null } : null,
    isDeleted: status === 'deleted',
    said: isSeen(status, row.userId)
      ? {
          name,
          authorUrl,
          authorHandle,
          remoteUrl,
          isByPostAuthor: row.isByPostAuthor,
          html,
          createdAt: row.createdAt,
          editedAt: row.editedAt,
          isHeld: status === 'held',
          isOwn,
          canEdit: isOwn && row.isFresh,
        }
      : null,
  }
}
