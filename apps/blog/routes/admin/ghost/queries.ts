import { desc, eq, sql } from 'drizzle-orm'
import { type Database, posts, postWarnings } from '../../../models/index.ts'

export interface WarnedPost {
  readonly id: string
  readonly title: string
  readonly warnings: readonly string[]
}

/** Posts of a site that an editor should look at, those warned of last first, and how many there are. */
export async function listWarnedPosts(
  database: Database,
  source: string,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<{ readonly posts: readonly WarnedPost[]; readonly total: number }> {
  const rows = await database
    .select({
      id: posts.id,
      title: posts.title,
      warnings: postWarnings.warnings,
      total: sql<number>`count(*) over ()::int`,
    })
    .from(postWarnings)
    .innerJoin(posts, eq(posts.id, postWarnings.postId))
    .where(eq(posts.source, source))
    .orderBy(desc(postWarnings.updatedAt), desc(postWarnings.postId))
    .limit(limit)
    .offset(offset)
  return { posts: rows.map(({ total: _total, ...post }) => post), total: rows[0]?.total ?? 0 }
}

/** The posts here that differences name, by the site's own ids. */
export async function findPostIds(
  database: Database,
  source: string,
  sourceIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (sourceIds.length === 0) return new Map()
  const rows = await database
    .select({ id: posts.id, sourceId: posts.sourceId })
    .from(posts)
    .where(
      sql`${posts.source} = ${source} and ${posts.sourceId} = any(${sql.param([...sourceIds])}::text[])`,
    )
  return new Map(rows.map(({ id, sourceId }) => [sourceId ?? '', id]))
}
