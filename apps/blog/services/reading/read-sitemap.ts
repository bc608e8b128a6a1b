import { and, asc, eq, gt, isNull, or, type SQL, sql } from 'drizzle-orm'
import { authors, type Database, postAuthors, posts, postTags, tags } from '../../models/index.ts'

export type SitemapKind = 'posts' | 'pages' | 'tags' | 'authors'
export const sitemapKinds: readonly SitemapKind[] = ['posts', 'pages', 'tags', 'authors']

/** Addresses in one file: the protocol allows 50,000. */
export const addressesInFile = 10_000

export interface SitemapEntry {
  readonly path: string
  /** Null when that is not known. */
  readonly changedAt: Date | null
  /** Path of a picture. */
  readonly image: string | null
}

export interface SitemapSource {
  readonly database: Database
  /** Without a slash at the end. */
  readonly siteUrl: string
}

/** A file of addresses, without the addresses. */
export interface SitemapFile {
  /** The last id of the file before; undefined for the first. */
  readonly after: string | undefined
  readonly changedAt: Date | null
}

const isOut = sql`${posts.status} = 'published'`

/**
 * One file of addresses, in the order of their ids. `after` is the last id of the file before; undefined for the first.
 */
export async function readSitemap(
  { database, siteUrl }: SitemapSource,
  kind: SitemapKind,
  after: string | undefined,
): Promise<readonly SitemapEntry[]> {
  if (kind === 'posts' || kind === 'pages') {
    const rows = await database
      .select({ slug: posts.slug, changedAt: posts.updatedAt, image: posts.featureImage })
      .from(posts)
      .where(and(shownPosts(kind, siteUrl), beyond(posts.id, after)))
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

/** The files that there are of a kind. One pass over the ids. */
export async function findSitemapFiles(
  { database, siteUrl }: SitemapSource,
  kind: SitemapKind,
): Promise<readonly SitemapFile[]> {
  const [table, condition] =
    kind === 'posts' || kind === 'pages'
      ? ([posts, shownPosts(kind, siteUrl)] as const)
      : ([kind === 'tags' ? tags : authors, shownNames(kind)] as const)
  const place = sql`row_number() over (order by ${table.id}) - 1`
  const numbered = database
    .select({
      id: table.id,
      changedAt: table.updatedAt,
      file: sql`(${place}) / ${sql.raw(`${addressesInFile}`)}`.as('file'),
    })
    .from(table)
    .where(condition)
    .as('numbered')
  const rows = await database
    .select({
      // As text, since PostgreSQL 16 finds no greatest uuid. The order is the same.
      last: sql<string>`max(${numbered.id}::text)`,
      changedAt: sql`max(${numbered.changedAt})`.mapWith(numbered.changedAt),
    })
    .from(numbered)
    .groupBy(numbered.file)
    .orderBy(asc(numbered.file))
  return rows.map(({ changedAt }, index) => ({ changedAt, after: rows[index - 1]?.last }))
}

/** A post that first stood elsewhere is found there. */
function shownPosts(kind: 'posts' | 'pages', siteUrl: string): SQL | undefined {
  const isHere = or(
    isNull(posts.canonicalUrl),
    sql`starts_with(${posts.canonicalUrl}, ${`${siteUrl}/`})`,
  )
  return and(isOut, eq(posts.type, kind === 'posts' ? 'post' : 'page'), isHere)
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
    : sql`exists (${published} and exists (select 1 from ${postAuthors}
        where ${postAuthors.postId} = ${posts.id} and ${postAuthors.authorId} = ${authors.id}))`
}

function beyond(id: typeof posts.id | typeof tags.id | typeof authors.id, after?: string) {
  return after === undefined ? undefined : gt(id, after)
}
