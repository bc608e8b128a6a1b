import { asc, eq, sql } from 'drizzle-orm'
import { type Database, posts } from '../../models/index.ts'
import { describedColumns, describePost, type ObjectDescription } from './describe-objects.ts'

/** What stands at `/<slug>/`: a post, else a page; else the type or relation of this name. */
export async function findObjectBySlug(
  database: Database,
  slug: string,
): Promise<ObjectDescription | undefined> {
  const [row] = await database
    .select(describedColumns)
    .from(posts)
    .where(eq(posts.slug, slug))
    .orderBy(
      asc(sql`array_position(array['post', 'page', 'type', 'relation'], ${posts.type}::text)`),
    )
    .limit(1)
  return row && describePost(row)
}
