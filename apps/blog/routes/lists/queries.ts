import { excerptLetters, excerptOf } from '@rose-ash/shared/contracts/excerpt'
import { and, asc, count, desc, eq, exists, inArray, sql, type SQL } from 'drizzle-orm'
import { authors, type Database, postAuthors, posts, postTags, tags } from '../../models/index.ts'

/** A post in a list, as the partial `post-card` shows it. */
export interface PostCard {
  readonly id: string
  readonly title: string
  readonly url: string
  readonly excerpt: string
  readonly image: { readonly src: string; readonly alt: string } | null
  readonly publishedAt: Date | null
  readonly tag: { readonly name: string; readonly url: string } | null
  readonly byline: string | null
}

export interface PostList {
  readonly cards: readonly PostCard[]
  readonly postCount: number
}

export const pageSize = 12

const isListed = and(eq(posts.status, 'published'), eq(posts.type, 'post'))

/** One page of published posts, newest first: four queries, however many posts. */
export async function listPosts(
  database: Database,
  { pageNumber, where }: { readonly pageNumber: number; readonly where?: SQL | undefined },
): Promise<PostList> {
  const condition = and(isListed, where)
  const [rows, counted] = await Promise.all([
    database
      .select({
        id: posts.id,
        slug: posts.slug,
        title: posts.title,
        visibility: posts.visibility,
        customExcerpt: posts.customExcerpt,
        beginning: sql<string>`left(${posts.plaintext}, ${excerptLetters + 80})`,
        featureImage: posts.featureImage,
        featureImageAlt: posts.featureImageAlt,
        publishedAt: posts.publishedAt,
      })
      .from(posts)
      .where(condition)
      .orderBy(desc(posts.publishedAt), desc(posts.id))
      .limit(pageSize)
      .offset((pageNumber - 1) * pageSize),
    database.select({ postCount: count() }).from(posts).where(condition),
  ])
  const ids = rows.map((row) => row.id)
  const [primaryTags, bylines] = await Promise.all([
    findPrimaryTags(database, ids),
    findBylines(database, ids),
  ])
  const cards = rows.map((row) => ({
    id: row.id,
    title: row.title,
    url: `/${row.slug}/`,
    excerpt: excerptOf(row),
    image: row.featureImage ? { src: row.featureImage, alt: row.featureImageAlt ?? '' } : null,
    publishedAt: row.publishedAt,
    tag: primaryTags.get(row.id) ?? null,
    byline: bylines.get(row.id) ?? null,
  }))
  return { cards, postCount: counted[0]?.postCount ?? 0 }
}

export function hasTag(database: Database, tagId: string): SQL {
  return exists(
    database
      .select({ one: sql`1` })
      .from(postTags)
      .where(and(eq(postTags.postId, posts.id), eq(postTags.tagId, tagId))),
  )
}

export function hasAuthor(database: Database, authorId: string): SQL {
  return exists(
    database
      .select({ one: sql`1` })
      .from(postAuthors)
      .where(and(eq(postAuthors.postId, posts.id), eq(postAuthors.authorId, authorId))),
  )
}

/** The first tag, when it is a public one: a post whose first tag is internal has none (as in Ghost). */
async function findPrimaryTags(database: Database, postIds: readonly string[]) {
  if (postIds.length === 0) return new Map<string, { name: string; url: string }>()
  const rows = await database
    .selectDistinctOn([postTags.postId], {
      postId: postTags.postId,
      name: tags.name,
      slug: tags.slug,
      visibility: tags.visibility,
    })
    .from(postTags)
    .innerJoin(tags, eq(tags.id, postTags.tagId))
    .where(inArray(postTags.postId, [...postIds]))
    .orderBy(postTags.postId, asc(postTags.sortOrder))
  const visible = rows.filter((row) => row.visibility === 'public')
  return new Map(visible.map((row) => [row.postId, { name: row.name, url: `/tag/${row.slug}/` }]))
}

async function findBylines(database: Database, postIds: readonly string[]) {
  if (postIds.length === 0) return new Map<string, string>()
  const rows = await database
    .select({ postId: postAuthors.postId, name: authors.name })
    .from(postAuthors)
    .innerJoin(authors, eq(authors.id, postAuthors.authorId))
    .where(inArray(postAuthors.postId, [...postIds]))
    .orderBy(postAuthors.postId, asc(postAuthors.sortOrder))
  const byPost = Map.groupBy(rows, (row) => row.postId)
  return new Map(
    [...byPost].map(([postId, list]) => [postId, list.map(({ name }) => name).join(', ')]),
  )
}
