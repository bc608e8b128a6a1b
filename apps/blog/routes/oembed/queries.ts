import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { authors, type Database, media, postAuthors, posts } from '../../models/index.ts'

export interface Embedded {
  readonly title: string
  readonly slug: string
  readonly customExcerpt: string | null
  /** Of what everybody may read. */
  readonly beginning: string
  readonly picture: string | null
  /** Pixels; null unless the picture is kept here. */
  readonly width: number | null
  readonly height: number | null
  /** Pages have none. */
  readonly author: { readonly name: string; readonly slug: string } | null
}

/** A published post or page by its slug, as everybody may know it; a page wins over a post. */
export async function findEmbedded(
  database: Database,
  slug: string,
): Promise<Embedded | undefined> {
  const [row] = await database
    .select({
      title: posts.title,
      slug: posts.slug,
      customExcerpt: posts.customExcerpt,
      beginning: sql<string>`left(${posts.publicText}, 300)`,
      picture: posts.featureImage,
      width: media.width,
      height: media.height,
      author: firstAuthor(database),
    })
    .from(posts)
    .leftJoin(media, eq(media.path, posts.featureImage))
    .where(
      and(
        eq(posts.slug, slug),
        inArray(posts.type, ['post', 'page']),
        eq(posts.status, sql`'published'`),
      ),
    )
    .orderBy(asc(posts.type))
    .limit(1)
  return row
}

function firstAuthor(database: Database) {
  const first = database
    .select({
      value: sql`json_build_object('name', ${authors.name}, 'slug', ${authors.slug})`.as('author'),
    })
    .from(postAuthors)
    .innerJoin(authors, eq(authors.id, postAuthors.authorId))
    .where(and(eq(postAuthors.postId, posts.id), eq(posts.type, sql`'post'`)))
    .orderBy(asc(postAuthors.sortOrder))
    .limit(1)
  return sql<Embedded['author']>`(${first})`
}
