import { askTogether } from '@rose-ash/shared/infrastructure/ask-together'
import { and, asc, count, eq, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import {
  authors,
  comments,
  type Database,
  media,
  postAuthors,
  posts,
  postTags,
  postTiers,
  tags,
} from '../../models/index.ts'
import { isListed, newestFirst, oldestFirst } from '../../services/posts/is-listed.ts'

export interface PostLink {
  readonly title: string
  readonly slug: string
}

type PostTag = Pick<typeof tags.$inferSelect, 'name' | 'slug' | 'visibility'>
type PostAuthor = Pick<typeof authors.$inferSelect, 'name' | 'slug' | 'bio' | 'profileImage'>

type OwnColumns =
  | 'id'
  | 'type'
  | 'slug'
  | 'title'
  | 'visibility'
  | 'html'
  | 'readingMinutes'
  | 'customExcerpt'
  | 'featureImage'
  | 'featureImageAlt'
  | 'featureImageCaption'
  | 'canonicalUrl'
  | 'language'
  | 'meta'
  | 'publishedAt'
  | 'createdAt'
  | 'updatedAt'
  | 'takesComments'
  | 'codeHead'
  | 'codeFoot'

/** A published post or page with what its page shows around it. */
export interface FullPost extends Pick<typeof posts.$inferSelect, OwnColumns> {
  /** Of the text, for an excerpt. */
  readonly beginning: string
  /** Internal ones too: the first decides whether there is a primary tag. */
  readonly tags: readonly PostTag[]
  readonly authors: readonly PostAuthor[]
  /** Pixels of the feature image, when it is one of ours. */
  readonly pictureWidth: number | null
  readonly pictureHeight: number | null
  readonly pictureBlur: string | null
  /** Who may read it, when its visibility is `tiers`. */
  readonly tierIds: readonly string[]
  /** The posts published just before and just after this one; pages have none. */
  readonly before: PostLink | null
  readonly after: PostLink | null
  /** Published ones. */
  readonly commentCount: number
}

/** How much of the text an excerpt may need. */
const beginningLetters = 300

/**
 * Finds a published post or page by its slug, with all that its page shows: one query, which
 * PostgreSQL has prepared. A page wins over a post of the same slug.
 */
export function prepareFindPost(
  database: Database,
): (slug: string) => Promise<FullPost | undefined> {
  const found = selectPosts(database)
    .where(and(eq(posts.slug, sql.placeholder('slug')), eq(posts.status, sql`'published'`)))
    // 'page' comes before 'post'.
    .orderBy(asc(posts.type))
    .limit(1)
    .prepare('blog_post')

  return askTogether(async (slug) => {
    const [post] = await found.execute({ slug })
    return post
  })
}

/** A post as its page would show it, whether or not anybody may see it. */
export async function findPostForPreview(
  database: Database,
  id: string,
): Promise<FullPost | undefined> {
  const [post] = await selectPosts(database).where(eq(posts.id, id))
  return post
}

function selectPosts(database: Database) {
  return database
    .select({
      id: posts.id,
      type: posts.type,
      slug: posts.slug,
      title: posts.title,
      visibility: posts.visibility,
      html: posts.html,
      beginning: sql<string>`left(${posts.publicText}, ${sql.raw(`${beginningLetters}`)})`,
      readingMinutes: posts.readingMinutes,
      customExcerpt: posts.customExcerpt,
      featureImage: posts.featureImage,
      featureImageAlt: posts.featureImageAlt,
      featureImageCaption: posts.featureImageCaption,
      canonicalUrl: posts.canonicalUrl,
      language: posts.language,
      meta: posts.meta,
      publishedAt: posts.publishedAt,
      createdAt: posts.createdAt,
      updatedAt: posts.updatedAt,
      takesComments: posts.takesComments,
      codeHead: posts.codeHead,
      codeFoot: posts.codeFoot,
      tierIds: tiersOfPost(database),
      tags: tagsOfPost(database),
      authors: authorsOfPost(database),
      pictureWidth: media.width,
      pictureBlur: media.placeholder,
      pictureHeight: media.height,
      before: neighbour(database, 'before'),
      after: neighbour(database, 'after'),
      commentCount: commentCount(database),
    })
    .from(posts)
    .leftJoin(media, eq(media.path, posts.featureImage))
}

function commentCount(database: Database) {
  const published = database
    .select({ value: count() })
    .from(comments)
    .where(and(eq(comments.postId, posts.id), eq(comments.status, sql`'published'`)))
  return sql`(${published})`.mapWith(Number)
}

function tagsOfPost(database: Database) {
  const tag = sql`json_build_object(
    'name', ${tags.name}, 'slug', ${tags.slug}, 'visibility', ${tags.visibility})`
  const list = database
    .select({ value: listOf(tag, postTags.sortOrder).as('tags') })
    .from(postTags)
    .innerJoin(tags, eq(tags.id, postTags.tagId))
    .where(eq(postTags.postId, posts.id))
  return sql<readonly PostTag[]>`(${list})`
}

function authorsOfPost(database: Database) {
  const author = sql`json_build_object('name', ${authors.name}, 'slug', ${authors.slug},
    'bio', ${authors.bio}, 'profileImage', ${authors.profileImage})`
  const list = database
    .select({ value: listOf(author, postAuthors.sortOrder).as('authors') })
    .from(postAuthors)
    .innerJoin(authors, eq(authors.id, postAuthors.authorId))
    .where(eq(postAuthors.postId, posts.id))
  return sql<readonly PostAuthor[]>`(${list})`
}

function tiersOfPost(database: Database) {
  const list = database
    .select({ value: sql`coalesce(json_agg(${postTiers.tierId}), '[]')`.as('tiers') })
    .from(postTiers)
    .where(eq(postTiers.postId, posts.id))
  return sql<readonly string[]>`(${list})`
}

function listOf(value: SQL, order: typeof postTags.sortOrder | typeof postAuthors.sortOrder): SQL {
  return sql`coalesce(json_agg(${value} order by ${order}), '[]')`
}

function neighbour(database: Database, side: 'before' | 'after') {
  const other = alias(posts, side)
  const place = sql`(${other.publishedAt}, ${other.id})`
  const here = sql`(${posts.publishedAt}, ${posts.id})`
  const isThere = side === 'before' ? sql`${place} < ${here}` : sql`${place} > ${here}`
  // As the index `posts_listing` has it, read in either direction.
  const order = side === 'before' ? newestFirst(other) : oldestFirst(other)
  const nearest = database
    .select({ title: other.title, slug: other.slug })
    .from(other)
    .where(and(isListed(other), eq(posts.type, sql`'post'`), isThere))
    .orderBy(...order)
    .limit(1)
    .as('nearest')
  const link = sql`json_build_object('title', ${nearest.title}, 'slug', ${nearest.slug})`
  return sql<PostLink | null>`(${database.select({ link: link.as('link') }).from(nearest)})`
}
