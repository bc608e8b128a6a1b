import { and, eq, gt, sql } from 'drizzle-orm'
import { postRevisions, type Queryable } from '../../models/index.ts'
import type { ImportedPost } from './import-posts.ts'

/**
 * An import stores Ghost's own time of change; a later one was made here, by somebody, unless the clock has
 * published what was scheduled.
 */
export async function wasEditedHere(
  database: Queryable,
  post: Pick<ImportedPost, 'id' | 'updatedAt' | 'sourceExtra'>,
): Promise<boolean> {
  return isNewerHere(post) && !(await isOnlyPublished(database, post.id))
}

export function isNewerHere({
  updatedAt,
  sourceExtra,
}: Pick<ImportedPost, 'updatedAt' | 'sourceExtra'>): boolean {
  const changedThere = sourceExtra['updated_at']
  return typeof changedThere === 'string' && updatedAt.getTime() > Date.parse(changedThere)
}

/** Whether nothing has been kept since the last import but that it was published, by nobody in particular. */
async function isOnlyPublished(database: Queryable, postId: string): Promise<boolean> {
  const lastImport = sql`coalesce((select max(version) from post_revisions last
    where last.post_id = ${postId} and last.reason = 'import'), 0)`
  const since = await database
    .select({ reason: postRevisions.reason, userId: postRevisions.userId })
    .from(postRevisions)
    .where(and(eq(postRevisions.postId, postId), gt(postRevisions.version, lastImport)))
  return (
    since.length > 0 && since.every(({ reason, userId }) => reason === 'publish' && userId === null)
  )
}
