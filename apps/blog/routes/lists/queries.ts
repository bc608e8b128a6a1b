import { excerptLetters, excerptOf } from '@rose-ash/shared/contracts/excerpt'
import { askTogether } from '@rose-ash/shared/infrastructure/ask-together'
import { and, asc, count, eq, exists, inArray, type SQL, sql } from 'drizzle-orm'
import {
  authors,
  type Database,
  media,
  postAuthors,
  posts,
  postTags,
  tags,
} from '../../models/index.ts'
import { isListed, newestFirst } from '../../services/posts/is-listed.ts'
import { type ShownPicture, showPicture } from '../../services/reading/picture.ts'

/** A post in a list, as the partial `post-card` shows it. */
export interface PostCard {
  readonly id: string
  readonly title: string
  readonly url: string
  readonly excerpt: string
  readonly image: ShownPicture | null
  readonly publishedAt: Date | null
  readonly tag: { readonly name: string; readonly url: string } | null
  readonly byline: string | null
}

export interface PostList {
  readonly cards: readonly PostCard[]
  readonly postCount: number
}

/** Pages of published posts, newest first. Each is one query, which PostgreSQL has prepared. */
export interface PostLists {
  all(pageNumber: number): Promise<PostList>
  withTag(tagId: string, pageNumber: number): Promise<PostList>
  byAuthor(authorId: string, pageNumber: number): Promise<PostList>
}

export const pageSize = 12

export function createPostLists(database: Database): PostLists {
  const id = sql.placeholder('id')
  const all = prepareList(database, { name: 'blog_posts' })
  const allTogether = askTogether((pageNumber) => all({ pageNumber: Number(pageNumber) }))
  const withTag = prepareList(database, {
    name: 'blog_posts_with_tag',
    where: exists(
      database
        .select({ one: sql`1` })
        .from(postTags)
        .where(and(eq(postTags.postId, posts.id), eq(postTags.tagId, id))),
    ),
  })
  const byAuthor = prepareList(database, {
    name: 'blog_posts_by_author',
    where: exists(
      database
        .select({ one: sql`1` })
        .from(postAuthors)
        .where(and(eq(postAuthors.postId, posts.id), eq(postAuthors.authorId, id))),
    ),
  })
  return {
    all: (pageNumber) => allTogether(String(pageNumber)),
    withTag: (tagId, pageNumber) => withTag({ id: tagId, pageNumber }),
    byAuthor: (authorId, pageNumber) => byAuthor({ id: authorId, pageNumber }),
  }
}

function prepareList(
  database: Database,
  { name, where }: { readonly name: string; readonly where?: SQL },
) {
  const condition = and(isListed(posts), where)
  const counted = database.select({ value: count() }).from(posts).where(condition)
  const inOrder = database
    .select({ id: posts.id })
    .from(posts)
    .where(condition)
    .orderBy(...newestFirst(posts))
  // What is shown of a post is worked out for those on the page only, so they are chosen first. With a
  // limit that is no parameter PostgreSQL plans the query once and not each time.
  const onPage = sql`(${inOrder} limit ${sql.raw(`${pageSize}`)} offset ${sql.placeholder('offset')})`
  const page = database
    .select({
      id: posts.id,
      slug: posts.slug,
      title: posts.title,
      visibility: posts.visibility,
      customExcerpt: posts.customExcerpt,
      beginning: sql<string>`left(${posts.publicText}, ${sql.raw(`${excerptLetters + 80}`)})`,
      featureImage: posts.featureImage,
      featureImageAlt: posts.featureImageAlt,
      pictureWidth: media.width,
      pictureBlur: media.placeholder,
      publishedAt: posts.publishedAt,
      tag: firstTag(database),
      byline: byline(database),
      postCount: sql`(${counted})`.mapWith(Number),
    })
    .from(posts)
    .leftJoin(media, eq(media.path, posts.featureImage))
    .where(inArray(posts.id, onPage))
    .orderBy(...newestFirst(posts))
    .prepare(name)

  return async (place: {
    readonly id?: string
    readonly pageNumber: number
  }): Promise<PostList> => {
    const { id, pageNumber } = place
    const rows = await page.execute({ id, offset: (pageNumber - 1) * pageSize })
    // Past the end there is no row to tell of the number; the first page has one, or there is none.
    const isPastEnd = rows.length === 0 && pageNumber > 1
    const postCount = isPastEnd
      ? (await page.execute({ id, offset: 0 }))[0]?.postCount
      : rows[0]?.postCount
    return { cards: rows.map(toCard), postCount: postCount ?? 0 }
  }
}

type FirstTag = Pick<typeof tags.$inferSelect, 'name' | 'slug' | 'visibility'>

function firstTag(database: Database) {
  const value = sql`json_build_object(
    'name', ${tags.name}, 'slug', ${tags.slug}, 'visibility', ${tags.visibility})`
  const first = database
    .select({ value: value.as('tag') })
    .from(postTags)
    .innerJoin(tags, eq(tags.id, postTags.tagId))
    .where(eq(postTags.postId, posts.id))
    .orderBy(asc(postTags.sortOrder))
    .limit(1)
  return sql<FirstTag | null>`(${first})`
}

function byline(database: Database) {
  const names = sql`string_agg(${authors.name}, ', ' order by ${postAuthors.sortOrder})`
  const joined = database
    .select({ value: names.as('byline') })
    .from(postAuthors)
    .innerJoin(authors, eq(authors.id, postAuthors.authorId))
    .where(eq(postAuthors.postId, posts.id))
  return sql<string | null>`(${joined})`
}

type Row = Pick<
  typeof posts.$inferSelect,
  | 'id'
  | 'slug'
  | 'title'
  | 'visibility'
  | 'customExcerpt'
  | 'featureImage'
  | 'featureImageAlt'
  | 'publishedAt'
> & {
  readonly beginning: string
  readonly pictureWidth: number | null
  readonly pictureBlur: string | null
  readonly tag: FirstTag | null
  readonly byline: string | null
}

function toCard(row: Row): PostCard {
  const { tag } = row
  return {
    id: row.id,
    title: row.title,
    url: `/${row.slug}/`,
    excerpt: excerptOf(row),
    image: row.featureImage
      ? showPicture({
          path: row.featureImage,
          alt: row.featureImageAlt,
          width: row.pictureWidth,
          placeholder: row.pictureBlur,
        })
      : null,
    publishedAt: row.publishedAt,
    // A post whose first tag is internal has none (as in Ghost).
    tag: tag?.visibility === 'public' ? { name: tag.name, url: `/tag/${tag.slug}/` } : null,
    byline: row.byline,
  }
}
