import { and, eq, inArray } from 'drizzle-orm'
import { type Database, posts } from '../../models/index.ts'
import { namesOfPost, tagsOfChange } from '../posts/page-tags.ts'

/** The names of the cached pages that show these posts of a site, by the site's own ids. */
export async function forgetPosts(
  database: Database,
  source: string,
  sourceIds: readonly string[],
): Promise<readonly string[]> {
  const rows = await database
    .select()
    .from(posts)
    .where(and(eq(posts.source, source), inArray(posts.sourceId, [...sourceIds])))
  const found: string[] = []
  for (const row of rows) {
    if (row.type !== 'post' && row.type !== 'page') continue
    const names = await namesOfPost(database, row.id)
    const change = { id: row.id, type: row.type, before: row, after: row, names }
    found.push(...(await tagsOfChange(database, change)))
  }
  return found
}
