import { and, asc, eq, gt, inArray, ne, or, type SQL, sql } from 'drizzle-orm'
import {
  comments,
  type Database,
  members,
  postRevisions,
  posts,
  users,
} from '../../models/index.ts'
import { withNames } from '../graph/field-values.ts'
import { derivedId, type GhostIds } from './ghost-ids.ts'
import { mapPages, objectOf } from './json-lists.ts'
import { isMember } from './members-csv.ts'
import { exportedNames, namesIn } from './object-names.ts'
import { pageSize, readPages } from './read-pages.ts'

/** What this platform has and Ghost has not. Objects carry the ids that they have in the Ghost export. */
export interface OwnParts {
  readonly database: Database
  readonly ids: GhostIds
  /** Whether the archive has a list of members, to which comments can point. */
  readonly withMembers: boolean
}

/**
 * What was said under posts, with the names under which it is shown and no addresses of people: of members their id in
 * the archive's list, when it has one, by which it is theirs again elsewhere. Of what was taken back
 * only the place is there, where there are answers to it.
 */
export async function* commentsJson({
  database,
  ids,
  withMembers,
}: OwnParts): AsyncGenerator<string> {
  const columns = {
    id: comments.id,
    postId: comments.postId,
    sourceId: posts.sourceId,
    parentId: comments.parentId,
    remoteUrl: comments.remoteUrl,
    authorName: sql<string>`coalesce(${users.displayName}, ${comments.authorName})`,
    authorUrl: comments.authorUrl,
    authorHandle: comments.authorHandle,
    html: comments.html,
    source: comments.source,
    status: comments.status,
    createdAt: comments.createdAt,
    editedAt: comments.editedAt,
    userId: comments.userId,
    memberId: members.sourceId,
    isListed: sql<boolean>`coalesce(${isMember()}, false)`,
  }
  type Row = Pick<
    typeof comments.$inferSelect,
    Exclude<keyof typeof columns, 'sourceId' | 'memberId' | 'isListed'>
  > & {
    readonly sourceId: string | null
    readonly memberId: string | null
    readonly isListed: boolean
  }
  const pages = readPages<Row>((last) =>
    database
      .select(columns)
      .from(comments)
      .innerJoin(posts, eq(posts.id, comments.postId))
      .leftJoin(users, eq(users.id, comments.userId))
      .leftJoin(members, eq(members.userId, comments.userId))
      .where(
        and(
          or(ne(comments.status, 'deleted'), hasAnswers()),
          ne(posts.status, 'trashed'),
          last && gt(comments.id, last.id),
        ),
      )
      .orderBy(asc(comments.id))
      .limit(pageSize),
  )
  yield* objectOf({
    comments: mapPages(pages, ({ postId, sourceId, userId, memberId, isListed, ...row }) => ({
      ...row,
      ...(withMembers && isListed && userId && { member: memberId ?? derivedId('member', userId) }),
      ...(row.status === 'deleted' && nothingSaid),
      post: ids.of('post', { id: postId, sourceId }),
    })),
  })
}

const nothingSaid = { authorName: '', html: '', source: null, member: undefined }

/** Whether somebody's answer to it, or to an answer, is still there. */
function hasAnswers(): SQL {
  return sql`exists (
    with recursive below as (
      select id, status from comments answer where answer.parent_id = ${comments.id}
      union all
      select answer.id, answer.status from comments answer join below on answer.parent_id = below.id
    )
    select from below where status <> 'deleted')`
}

/** Every save of every post, one a line. */
export async function* revisionLines({ database, ids }: OwnParts): AsyncGenerator<string> {
  const { postId, version, reason, content, createdAt } = postRevisions
  type Row = Pick<
    typeof postRevisions.$inferSelect,
    'postId' | 'version' | 'reason' | 'content' | 'createdAt'
  > & { readonly sourceId: string | null }
  const pages = readPages<Row>((last) =>
    database
      .select({ postId, version, reason, content, createdAt, sourceId: posts.sourceId })
      .from(postRevisions)
      .innerJoin(posts, eq(posts.id, postId))
      .where(
        and(
          inArray(posts.type, ['post', 'page']),
          ne(posts.status, 'trashed'),
          last && sql`(${postId}, ${version}) > (${last.postId}::uuid, ${last.version})`,
        ),
      )
      .orderBy(asc(postId), asc(version))
      .limit(pageSize),
  )
  for await (const page of pages) {
    const mentioned = page.flatMap((row) => namesIn(row.content.fields ?? {}))
    const names = await exportedNames(database, ids, mentioned)
    for (const { postId: id, sourceId, content: kept, ...row } of page) {
      const fields = kept.fields && withNames(kept.fields, names)
      const content = { ...kept, ...(fields && { fields }) }
      yield `${JSON.stringify({ post: ids.of('post', { id, sourceId }), ...row, content })}\n`
    }
  }
}
