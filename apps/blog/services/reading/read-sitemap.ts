import { and, asc, eq, gt, isNotNull, type SQL, sql } from 'drizzle-orm'
import { authors, type Database, postAuthors, posts, postTags, tags } from '../../models/index.ts'

export type SitemapKind = 'posts' | 'pages' | 'tags' | 'authors'
export const sitemapKinds: readonly SitemapKind[] = ['posts', 'pages', 'tags', 'authors']

/** Addresses in one file: the protocol allows 50,000. */
export const addressesInFile = 10_000

export interface SitemapEntry {
  readonly path: string
  readonly changedAt: Date
  /** Path of a picture. */
  readonly image: string | null
}

const isOut = sql`${posts.status} = 'published'`

/**
 * One file of addresses, in the order of their ids. `after` is the last id of the file before; undefined for the first.
 */
export async function readSitemap(
  database: Database,
  kind: SitemapKind,
  after: string | undefined,
): Promise<readonly SitemapEntry[]> {
  if (kind === 'posts' || kind === 'pages') {
    const rows = await database
      .select({ slug: posts.slug, changedAt: posts.updatedAt, image: posts.featureImage })
      .from(posts)
      .where(and(isOut, eq(posts.type, typeOf(kind)), beyond(posts.id, after)))
      .orderBy(asc(posts.id))
      .limit(addressesInFile)
    return rows.map(({ slug, ...row }) => ({ ...row, path: `/${slug}/` }))
  }
  const { table, path } =
    kind === 'tags'
      ? { table: tags, path: (slug: string) => `/tag/${slug}/` }
      : { table: authors, path: (slug: string) => `/author/${slug}/` }
  const rows = await database
    .select({ slug: table.slug, changedAt: table.updatedAt })
    .from(table)
    .where(and(shownNames(kind), beyond(table.id, after)))
    .orderBy(asc(table.id))
    .limit(addressesInFile)
  return rows.map(({ slug, changedAt }) => ({ path: path(slug), changedAt, image: null }))
}

/** The last id of each file but the last: where the next one begins. One pass over the ids. */
export async function findSitemapFiles(
  database: Database,
  kind: SitemapKind,
): Promise<readonly (string | undefined)[]> {
  const [table, condition] =
    kind === 'posts' || kind === 'pages'
      ? ([posts, and(isOut, eq(posts.type, typeOf(kind)))] as const)
      : ([kind === 'tags' ? tags : authors, shownNames(kind)] as const)
  const numbered = database
    .select({
      id: table.id,
      place: sql<number>`row_number() over (order by ${table.id})`.as('place'),
    })
    .from(table)
    .where(condition)
    .as('numbered')
  const rows = await database
    .select({ id: numbered.id, place: sql`${numbered.place}`.mapWith(Number) })
    .from(numbered)
    .where(sql`${numbered.place} = 1 or ${numbered.place} % ${sql.raw(`${addressesInFile}`)} = 0`)
    .orderBy(asc(numbered.place))
  if (rows.length === 0) return []
  return [undefined, ...rows.filter(({ place }) => place >= addressesInFile).map(({ id }) => id)]
}

function typeOf(kind: 'posts' | 'pages'): 'post' | 'page' {
  return kind === 'posts' ? 'post' : 'page'
}

/** Tags and authors that some published post has: the pages of others are empty. */
function shownNames(kind: 'tags' | 'authors'): SQL | undefined {
  const published = sql`select 1 from ${posts} where ${isOut} and ${posts.type} = 'post'`
  return kind === 'tags'
    ? and(
        eq(tags.visibility, 'public'),
        sql`exists (${published} and exists (select 1 from ${postTags}
          where ${postTags.postId} = ${posts.id} and ${postTags.tagId} = ${tags.id}))`,
      )
    : and(
        isNotNull(authors.slug),
        sql`exists (${published} and exists (select 1 from ${postAuthors}
          where ${postAuthors.postId} = ${posts.id} and ${postAuthors.authorId} = ${authors.id}))`,
      )
}

function beyond(id: typeof posts.id | typeof tags.id | typeof authors.id, after?: string) {
  return after === undefined ? undefined : gt(id, after)
}
