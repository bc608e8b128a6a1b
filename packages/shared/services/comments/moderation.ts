import { and, count, desc, eq, exists, inArray, ne, type SQL, sql } from 'drizzle-orm'
import type {
  ModeratedComment,
  ModerationAction,
  ModerationPage,
  ModerationView,
  StatusChange,
} from '../../contracts/comment-moderation.ts'
import { users } from '../../models/accounts.ts'
import { posts } from '../../models/blog.ts'
import { commentReports, comments } from '../../models/conversation.ts'
import type { Database, Queryable } from '../../models/database.ts'
import { tellOfComment } from './tell-of-comment.ts'

const pageSize = 30

export async function listForModeration(
  database: Queryable,
  {
    view,
    userId,
    pageNumber,
  }: {
    readonly view: ModerationView
    readonly userId: string | undefined
    readonly pageNumber: number
  },
): Promise<ModerationPage> {
  const rows = await database
    .select({
      id: comments.id,
      postId: comments.postId,
      postTitle: posts.title,
      postSlug: posts.slug,
      userId: comments.userId,
      name: sql<string>`coalesce(${users.displayName}, ${comments.authorName})`,
      remoteUrl: comments.remoteUrl,
      authorUrl: comments.authorUrl,
      authorHandle: comments.authorHandle,
      html: comments.html,
      status: sql<ModeratedComment['status']>`${comments.status}`,
      createdAt: comments.createdAt,
      editedAt: comments.editedAt,
      reports: reportsOf(),
    })
    .from(comments)
    .innerJoin(posts, eq(posts.id, comments.postId))
    .leftJoin(users, eq(users.id, comments.userId))
    .where(
      and(isInView(database, view), userId === undefined ? undefined : eq(comments.userId, userId)),
    )
    .orderBy(desc(comments.createdAt), desc(comments.id))
    .limit(pageSize + 1)
    .offset((pageNumber - 1) * pageSize)
  return {
    comments: rows.slice(0, pageSize),
    hasMore: rows.length > pageSize,
    ...(await countWaiting(database, userId)),
  }
}

async function countWaiting(database: Queryable, userId: string | undefined) {
  const of = (view: ModerationView) =>
    sql`(${database
      .select({ value: count() })
      .from(comments)
      .where(isInView(database, view))})`.mapWith(Number)
  const name =
    userId === undefined
      ? sql`null`
      : sql`(${database.select({ name: users.displayName }).from(users).where(eq(users.id, userId))})`
  const { rows } = await database.execute<{ name: string | null; held: string; reported: string }>(
    sql`select ${name} as name, ${of('held')} as held, ${of('reported')} as reported`,
  )
  const [row] = rows
  return {
    heldCount: Number(row?.held ?? 0),
    reportedCount: Number(row?.reported ?? 0),
    memberName: row?.name ?? null,
  }
}

function isInView(database: Queryable, view: ModerationView): SQL | undefined {
  switch (view) {
    // In the words of the index of what is held.
    case 'held':
      return sql`${comments.status} = 'held'`
    case 'reported':
      return and(
        inArray(comments.status, ['published', 'held']),
        exists(
          database
            .select({ one: sql`1` })
            .from(commentReports)
            .where(eq(commentReports.commentId, comments.id)),
        ),
      )
    case 'all':
      return ne(comments.status, 'deleted')
  }
}

function reportsOf(): SQL<ModeratedComment['reports']> {
  return sql<ModeratedComment['reports']>`(
    select coalesce(json_agg(json_build_object('by', who, 'reason', reason) order by at), '[]')
    from (
      select reporter.display_name as who, report.reason, report.created_at as at
      from comment_reports report join users reporter on reporter.id = report.user_id
      where report.comment_id = ${comments.id} order by report.created_at limit 10
    ) as first_reports
  )`
}

const effects = {
  approve: { from: ['held'], to: 'published' },
  hide: { from: ['published', 'held'], to: 'hidden' },
  'put-back': { from: ['hidden'], to: 'published' },
} as const satisfies Record<
  Exclude<ModerationAction, 'dismiss'>,
  { from: readonly StatusChange['from'][]; to: StatusChange['to'] }
>

export interface MovedComment extends StatusChange {
  readonly postId: string
}

/** Whoever comes second finds nothing left to do, so a comment is told of once. */
export async function moderateComments(
  database: Database,
  ids: readonly string[],
  action: Exclude<ModerationAction, 'dismiss'>,
): Promise<readonly MovedComment[]> {
  const { from, to } = effects[action]
  return database.transaction(async (transaction) => {
    const before = await transaction
      .select({
        id: comments.id,
        postId: comments.postId,
        parentId: comments.parentId,
        userId: comments.userId,
        from: sql<StatusChange['from']>`${comments.status}`,
      })
      .from(comments)
      .where(and(inArray(comments.id, [...ids]), inArray(comments.status, [...from])))
      // In one order, so that two moderators never wait for each other.
      .orderBy(comments.id)
      .for('update')
    if (before.length === 0) return []
    const found = before.map(({ id }) => id)
    await transaction.update(comments).set({ status: to }).where(inArray(comments.id, found))
    if (action === 'approve') {
      for (const comment of before) await tellOfComment(transaction, comment)
    }
    return before.map((comment) => ({
      id: comment.id,
      postId: comment.postId,
      from: comment.from,
      to,
    }))
  })
}

/** Returns how many comments had reports. */
export async function dismissReports(database: Database, ids: readonly string[]): Promise<number> {
  const gone = await database
    .delete(commentReports)
    .where(inArray(commentReports.commentId, [...ids]))
    .returning({ commentId: commentReports.commentId })
  return new Set(gone.map(({ commentId }) => commentId)).size
}

/** Returns the posts of those that were put as they had been. */
export async function undoChanges(
  database: Database,
  changes: readonly StatusChange[],
): Promise<readonly string[]> {
  const wanted = new Map(changes.map((change) => [change.id, change]))
  if (wanted.size === 0) return []
  return database.transaction(async (transaction) => {
    const now = await transaction
      .select({ id: comments.id, postId: comments.postId, status: comments.status })
      .from(comments)
      .where(inArray(comments.id, [...wanted.keys()]))
      .orderBy(comments.id)
      .for('update')
    const unchanged = now.filter(({ id, status }) => wanted.get(id)?.to === status)
    for (const status of ['published', 'held', 'hidden'] as const) {
      const ids = unchanged.map(({ id }) => id).filter((id) => wanted.get(id)?.from === status)
      if (ids.length === 0) continue
      await transaction.update(comments).set({ status }).where(inArray(comments.id, ids))
    }
    return unchanged.map(({ postId }) => postId)
  })
}
