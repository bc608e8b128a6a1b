import { and, eq, sql } from 'drizzle-orm'
import { posts, type Queryable } from '../../models/index.ts'
import { objectName } from '../graph/names.ts'
import { isListed, newestFirst, oldestFirst } from './is-listed.ts'
import type { PostChange } from './post-change.ts'

/** What cached pages are made of, by the names under which they are told of changes. */
export const pageTags = {
  /** Every page of the blog: after an import, or a change of the menu. */
  all: 'blog',
  /** Lists of all posts: home, archive, feeds of the site, sitemaps. */
  lists: 'blog:lists',
  /** What shows an object of the graph, by its name. */
  object: (name: string) => `blog:object:${name}`,
  post: (id: string) => `blog:object:${objectName('post', id)}`,
  /** Also pages that would be at this address if they were there. */
  slug: (slug: string) => `blog:slug:${slug}`,
  tag: (slug: string) => `blog:tag:${slug}`,
  author: (slug: string) => `blog:author:${slug}`,
} as const

/**
 * Every page that shows something of a post that was changed: its own, lists it is in or was in, and those of the
 * posts published just before and after it.
 */
export async function tagsOfChange(
  database: Queryable,
  { before, after, id, names }: PostChange,
): Promise<readonly string[]> {
  const own = [
    pageTags.post(id),
    ...[before, after].flatMap((row) => (row ? [pageTags.slug(row.slug)] : [])),
  ]
  const isSeen = [before, after].some((row) => row?.status === 'published')
  if (!isSeen) return own
  const neighbours = [
    ...(before ? await neighboursOf(database, before) : []),
    ...(after ? await neighboursOf(database, after) : []),
  ]
  return [
    ...new Set([
      ...own,
      pageTags.lists,
      ...names.tags.map(pageTags.tag),
      ...names.authors.map(pageTags.author),
      ...neighbours.map(pageTags.post),
    ]),
  ]
}

type Placed = Pick<typeof posts.$inferSelect, 'id' | 'type' | 'publishedAt'>

/** The ids of the published posts just before and after this one's place. */
async function neighboursOf(database: Queryable, row: Placed): Promise<readonly string[]> {
  if (row.type !== 'post' || !row.publishedAt) return []
  const place = sql`(${posts.publishedAt}, ${posts.id})`
  const here = sql`(${row.publishedAt.toISOString()}::timestamptz, ${row.id}::uuid)`
  const [older] = await database
    .select({ id: posts.id })
    .from(posts)
    .where(and(isListed(posts), sql`${place} < ${here}`))
    .orderBy(...newestFirst(posts))
    .limit(1)
  const [newer] = await database
    .select({ id: posts.id })
    .from(posts)
    .where(and(isListed(posts), sql`${place} > ${here}`))
    .orderBy(...oldestFirst(posts))
    .limit(1)
  return [older, newer].flatMap((found) => (found ? [found.id] : []))
}

/** Slugs of pages that show a tag or an author, by the posts that have them. */
export async function namesOfPost(
  database: Queryable,
  postId: string,
): Promise<{ readonly tags: readonly string[]; readonly authors: readonly string[] }> {
  const [row] = await database
    .select({
      tags: sql<string[]>`array(select t.slug from post_tags pt join tags t on t.id = pt.tag_id
        where pt.post_id = posts.id)`,
      authors: sql<string[]>`array(select a.slug from post_authors pa join authors a
        on a.id = pa.author_id where pa.post_id = posts.id)`,
    })
    .from(posts)
    .where(eq(posts.id, postId))
  return row ?? { tags: [], authors: [] }
}
