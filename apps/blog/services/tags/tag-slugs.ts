import { asc, eq } from 'drizzle-orm'
import { postTags, type Queryable, tags } from '../../models/index.ts'

/** Of the tags of a post, in their order. */
export async function tagSlugsOf(database: Queryable, postId: string): Promise<string[]> {
  const rows = await database
    .select({ slug: tags.slug })
    .from(postTags)
    .innerJoin(tags, eq(tags.id, postTags.tagId))
    .where(eq(postTags.postId, postId))
    .orderBy(asc(postTags.sortOrder))
  return rows.map(({ slug }) => slug)
}
