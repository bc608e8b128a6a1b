import { excerptOf } from '@rose-ash/shared/contracts/excerpt'
import { anonymousReader, visibleHtml } from '@rose-ash/shared/contracts/paywall'
import { and, eq, exists, inArray, type SQL, sql } from 'drizzle-orm'
import {
  authors,
  type Database,
  media,
  postAuthors,
  posts,
  postTags,
  tags,
} from '../../models/index.ts'
import type { AbsoluteAddresses } from '../content-api/absolute-addresses.ts'
import { escapeHtml } from '../documents/escape.ts'
import { readFieldsOfMany } from '../graph/fields-of-many.ts'
import { objectName } from '../graph/names.ts'
import type { Graph } from '../graph/open-graph.ts'
import { isListed, newestFirst } from '../posts/is-listed.ts'
import { fillListMarks } from '../queries/list-marks.ts'
import type { FeedItem } from './feed.ts'

/** As many as readers ask for at a time. */
const feedLength = 20

export type FeedScope =
  | { readonly kind: 'site' }
  | { readonly kind: 'tag' | 'author' | 'post'; readonly id: string }
  /** All that are older than this one. */
  | { readonly kind: 'before'; readonly id: string; readonly publishedAt: Date }

/** The newest posts of a scope, as everybody may read them: two queries, however many there are. */
export async function readFeedItems(
  graph: Graph,
  scope: FeedScope,
  addresses: AbsoluteAddresses,
): Promise<readonly FeedItem[]> {
  const rows = await selectPosts(graph.database, scope)
  const fields = await readFieldsOfMany(
    graph,
    rows.map(({ id }) => objectName('post', id)),
  )
  return rows.map((row) => {
    const shown = fields.get(objectName('post', row.id)) ?? []
    const readable = visibleHtml(row.html, row.visibility, anonymousReader)
    const facts = shown.map(
      ({ label, text }) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(text)}</dd>`,
    )
    const list = facts.length > 0 ? `<dl>${facts.join('')}</dl>` : ''
    return {
      id: row.id,
      guid: guidOf(row),
      title: row.title,
      url: addresses.of(`/${row.slug}/`),
      summary: excerptOf(row),
      html: addresses.inHtml(fillListMarks(readable, new Map()) + list),
      publishedAt: row.publishedAt ?? row.updatedAt,
      updatedAt: row.updatedAt,
      authors: row.authors.map(({ name, slug }) => ({
        name,
        url: addresses.of(`/author/${slug}/`),
      })),
      tags: row.tags.map(({ name, slug }) => ({ name, url: addresses.of(`/tag/${slug}/`) })),
      language: row.language,
      picture: row.featureImage
        ? {
            url: addresses.of(row.featureImage),
            contentType: row.pictureType,
            sizeBytes: row.pictureBytes,
            width: row.pictureWidth,
            height: row.pictureHeight,
            alt: row.featureImageAlt ?? '',
          }
        : null,
      fields: Object.fromEntries(shown.map(({ name, value }) => [name, value])),
    }
  })
}

/** Ghost's own, so that readers of a site that has moved do not show all of it again. */
function guidOf({
  id,
  source,
  sourceId,
}: Pick<typeof posts.$inferSelect, 'id' | 'source' | 'sourceId'>) {
  const isGhosts = source?.startsWith('ghost:') && sourceId && /^[0-9a-f]{24}$/.test(sourceId)
  return isGhosts ? sourceId : id
}

function selectPosts(database: Database, scope: FeedScope) {
  return database
    .select({
      id: posts.id,
      source: posts.source,
      sourceId: posts.sourceId,
      slug: posts.slug,
      title: posts.title,
      visibility: posts.visibility,
      html: posts.html,
      customExcerpt: posts.customExcerpt,
      beginning: sql<string>`left(${posts.publicText}, 300)`,
      publishedAt: posts.publishedAt,
      updatedAt: posts.updatedAt,
      language: posts.language,
      featureImage: posts.featureImage,
      featureImageAlt: posts.featureImageAlt,
      pictureType: media.contentType,
      pictureBytes: media.sizeBytes,
      pictureWidth: media.width,
      pictureHeight: media.height,
      tags: publicTags(database),
      authors: bylines(database),
    })
    .from(posts)
    .leftJoin(media, eq(media.path, posts.featureImage))
    .where(and(isListed(posts), inScope(database, scope)))
    .orderBy(...newestFirst(posts))
    .limit(feedLength)
}

function inScope(database: Database, scope: FeedScope): SQL | undefined {
  if (scope.kind === 'site') return undefined
  if (scope.kind === 'post') return eq(posts.id, scope.id)
  if (scope.kind === 'before') {
    const place = sql`(${scope.publishedAt.toISOString()}::timestamptz, ${scope.id}::uuid)`
    return sql`(date_trunc('milliseconds', ${posts.publishedAt}), ${posts.id}) < ${place}`
  }
  const one = { one: sql`1` }
  return scope.kind === 'tag'
    ? exists(
        database
          .select(one)
          .from(postTags)
          .where(and(eq(postTags.postId, posts.id), eq(postTags.tagId, scope.id))),
      )
    : exists(
        database
          .select(one)
          .from(postAuthors)
          .where(and(eq(postAuthors.postId, posts.id), eq(postAuthors.authorId, scope.id))),
      )
}

interface Named {
  readonly name: string
  readonly slug: string
}

function publicTags(database: Database) {
  const tag = sql`json_build_object('name', ${tags.name}, 'slug', ${tags.slug})`
  const list = database
    .select({
      value: sql`coalesce(json_agg(${tag} order by ${postTags.sortOrder}), '[]')`.as('tags'),
    })
    .from(postTags)
    .innerJoin(tags, eq(tags.id, postTags.tagId))
    .where(and(eq(postTags.postId, posts.id), inArray(tags.visibility, ['public'])))
  return sql<readonly Named[]>`(${list})`
}

function bylines(database: Database) {
  const author = sql`json_build_object('name', ${authors.name}, 'slug', ${authors.slug})`
  const list = database
    .select({
      value: sql`coalesce(json_agg(${author} order by ${postAuthors.sortOrder}), '[]')`.as(
        'bylines',
      ),
    })
    .from(postAuthors)
    .innerJoin(authors, eq(authors.id, postAuthors.authorId))
    .where(eq(postAuthors.postId, posts.id))
  return sql<readonly Named[]>`(${list})`
}
