import { and, asc, eq, gt, lt, or, sql } from 'drizzle-orm'
import {
  authors,
  type Database,
  media,
  postAuthors,
  posts,
  postTags,
  tags,
} from '../../models/index.ts'

export interface PostLink {
  readonly title: string
  readonly slug: string
}

/** A published post or page with what its page shows around it. */
export interface FullPost extends Readonly<typeof posts.$inferSelect> {
  /** Internal ones too: the first decides whether there is a primary tag. */
  readonly tags: readonly Pick<typeof tags.$inferSelect, 'name' | 'slug' | 'visibility'>[]
  readonly authors: readonly Pick<
    typeof authors.$inferSelect,
    'name' | 'slug' | 'bio' | 'profileImage'
  >[]
  /** The feature image's file, when it is one of ours. */
  readonly picture: typeof media.$inferSelect | null
  readonly neighbours: { readonly before: PostLink | null; readonly after: PostLink | null }
}

/** A page wins over a post of the same slug. */
export async function findPost(database: Database, slug: string): Promise<FullPost | undefined> {
  const [post] = await database
    .select()
    .from(posts)
    .where(and(eq(posts.slug, slug), eq(posts.status, 'published')))
    // 'page' comes before 'post'.
    .orderBy(asc(posts.type))
    .limit(1)
  if (!post) return undefined
  const [postTagRows, authorRows, [picture], neighbours] = await Promise.all([
    database
      .select({ name: tags.name, slug: tags.slug, visibility: tags.visibility })
      .from(postTags)
      .innerJoin(tags, eq(tags.id, postTags.tagId))
      .where(eq(postTags.postId, post.id))
      .orderBy(asc(postTags.sortOrder)),
    database
      .select({
        name: authors.name,
        slug: authors.slug,
        bio: authors.bio,
        profileImage: authors.profileImage,
      })
      .from(postAuthors)
      .innerJoin(authors, eq(authors.id, postAuthors.authorId))
      .where(eq(postAuthors.postId, post.id))
      .orderBy(asc(postAuthors.sortOrder)),
    post.featureImage
      ? database.select().from(media).where(eq(media.path, post.featureImage))
      : Promise.resolve([]),
    post.type === 'post' && post.publishedAt
      ? findNeighbours(database, { id: post.id, publishedAt: post.publishedAt })
      : { before: null, after: null },
  ])
  return { ...post, tags: postTagRows, authors: authorRows, picture: picture ?? null, neighbours }
}

/** The posts published just before and just after this one. */
async function findNeighbours(
  database: Database,
  { id, publishedAt }: { readonly id: string; readonly publishedAt: Date },
) {
  const listed = and(eq(posts.status, 'published'), eq(posts.type, 'post'))
  const columns = { title: posts.title, slug: posts.slug }
  const [[before], [after]] = await Promise.all([
    database
      .select(columns)
      .from(posts)
      .where(
        and(
          listed,
          or(
            lt(posts.publishedAt, publishedAt),
            and(eq(posts.publishedAt, publishedAt), lt(posts.id, id)),
          ),
        ),
      )
      .orderBy(sql`published_at desc, id desc`)
      .limit(1),
    database
      .select(columns)
      .from(posts)
      .where(
        and(
          listed,
          or(
            gt(posts.publishedAt, publishedAt),
            and(eq(posts.publishedAt, publishedAt), gt(posts.id, id)),
          ),
        ),
      )
      .orderBy(sql`published_at asc, id asc`)
      .limit(1),
  ])
  return { before: before ?? null, after: after ?? null }
}
