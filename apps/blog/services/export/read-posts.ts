import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm'
import {
  authors,
  type Database,
  postAuthors,
  posts,
  postTags,
  postTiers,
  tags,
  tiers,
} from '../../models/index.ts'
import type { GhostRow } from './ghost-ids.ts'
import { pageSize, readPages } from './read-pages.ts'

export type PostOfSite = typeof posts.$inferSelect & { readonly type: 'post' | 'page' }

/** Posts and pages that are not in the trash, in the order of their type and slug. */
export async function* readPosts(database: Database): AsyncGenerator<readonly PostOfSite[]> {
  yield* readPages<PostOfSite>(async (last) => {
    const rows = await database
      .select()
      .from(posts)
      .where(isExported(last))
      .orderBy(asc(posts.type), asc(posts.slug))
      .limit(pageSize)
    return rows as unknown as PostOfSite[]
  })
}

const briefColumns = {
  id: posts.id,
  sourceId: posts.sourceId,
  type: posts.type,
  slug: posts.slug,
  meta: posts.meta,
  featureImageAlt: posts.featureImageAlt,
  featureImageCaption: posts.featureImageCaption,
  /** The original bodies are the heavy part of it, and are not needed beside the post itself. */
  sourceExtra: sql<Record<string, unknown>>`${posts.sourceExtra} - ${sql.raw(
    `'{mobiledoc,html,damagedLexical,unknownNodes}'::text[]`,
  )}`,
} as const

export type BriefPost = Pick<
  PostOfSite,
  | 'id'
  | 'sourceId'
  | 'type'
  | 'slug'
  | 'meta'
  | 'featureImageAlt'
  | 'featureImageCaption'
  | 'sourceExtra'
>

/** The same without their bodies. */
export async function* readBriefPosts(database: Database): AsyncGenerator<readonly BriefPost[]> {
  yield* readPages<BriefPost>(async (last) => {
    const rows = await database
      .select(briefColumns)
      .from(posts)
      .where(isExported(last))
      .orderBy(asc(posts.type), asc(posts.slug))
      .limit(pageSize)
    return rows as unknown as BriefPost[]
  })
}

function isExported(last: Pick<BriefPost, 'type' | 'slug'> | undefined) {
  return and(
    inArray(posts.type, ['post', 'page']),
    ne(posts.status, 'trashed'),
    last && sql`(${posts.type}, ${posts.slug}) > (${last.type}, ${last.slug})`,
  )
}

/** Something that a post has, in the post's order. */
export interface RelatedRow extends GhostRow {
  readonly postId: string
  readonly name: string
  readonly slug: string
}

export interface RelatedTag extends RelatedRow {
  readonly visibility: 'public' | 'internal'
}

export async function readTagsOf(
  database: Database,
  postIds: readonly string[],
): Promise<readonly RelatedTag[]> {
  const { id, sourceId, name, slug, visibility } = tags
  return database
    .select({ postId: postTags.postId, id, sourceId, name, slug, visibility })
    .from(postTags)
    .innerJoin(tags, eq(tags.id, postTags.tagId))
    .where(inArray(postTags.postId, [...postIds]))
    .orderBy(asc(postTags.postId), asc(postTags.sortOrder), asc(tags.slug))
}

export async function readAuthorsOf(
  database: Database,
  postIds: readonly string[],
): Promise<readonly RelatedRow[]> {
  const { id, sourceId, name, slug } = authors
  return database
    .select({ postId: postAuthors.postId, id, sourceId, name, slug })
    .from(postAuthors)
    .innerJoin(authors, eq(authors.id, postAuthors.authorId))
    .where(inArray(postAuthors.postId, [...postIds]))
    .orderBy(asc(postAuthors.postId), asc(postAuthors.sortOrder), asc(authors.slug))
}

export async function readTiersOf(
  database: Database,
  postIds: readonly string[],
): Promise<readonly RelatedRow[]> {
  const { id, sourceId, name, slug } = tiers
  return database
    .select({ postId: postTiers.postId, id, sourceId, name, slug })
    .from(postTiers)
    .innerJoin(tiers, eq(tiers.id, postTiers.tierId))
    .where(inArray(postTiers.postId, [...postIds]))
    .orderBy(asc(postTiers.postId), asc(tiers.slug))
}

export function groupByPost<Row extends { readonly postId: string }>(
  rows: readonly Row[],
): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const group = groups.get(row.postId)
    if (group) group.push(row)
    else groups.set(row.postId, [row])
  }
  return groups
}
