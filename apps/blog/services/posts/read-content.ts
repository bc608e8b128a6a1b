import { asc, eq, inArray } from 'drizzle-orm'
import { outgoing, readOutgoing } from '../../graph/edges.ts'
import type { KvReader } from '../../graph/kv/kv-store.ts'
import {
  authors,
  postAuthors,
  posts,
  postTiers,
  type Queryable,
  type RevisionContent,
  tiers,
} from '../../models/index.ts'
import { readFieldValues } from '../graph/field-values.ts'
import { objectName, parseName } from '../graph/names.ts'
import { tagSlugsOf } from '../tags/tag-slugs.ts'

export type PostContent = RevisionContent
export type PostRow = typeof posts.$inferSelect

/** Columns that are a post's content as they stand. */
const plainColumns = [
  'title',
  'slug',
  'lexical',
  'visibility',
  'customExcerpt',
  'featured',
  'featureImage',
  'featureImageAlt',
  'featureImageCaption',
  'canonicalUrl',
  'language',
  'meta',
  'codeHead',
  'codeFoot',
  'takesComments',
] as const

export type PlainColumns = Pick<PostContent, (typeof plainColumns)[number]>

export function plainColumnsOf(content: PlainColumns): PlainColumns {
  return Object.fromEntries(plainColumns.map((name) => [name, content[name]])) as PlainColumns
}

/** All that an editor can change of a post. `store` must see the same moment as `database`. */
export async function readContent(
  database: Queryable,
  store: KvReader,
  row: PostRow,
): Promise<PostContent> {
  const { id } = row
  const object = objectName('post', id)
  const authorRows = await database
    .select({ slug: authors.slug })
    .from(postAuthors)
    .innerJoin(authors, eq(authors.id, postAuthors.authorId))
    .where(eq(postAuthors.postId, id))
    .orderBy(asc(postAuthors.sortOrder))
  const tierRows = await database
    .select({ slug: tiers.slug })
    .from(postTiers)
    .innerJoin(tiers, eq(tiers.id, postTiers.tierId))
    .where(eq(postTiers.postId, id))
    .orderBy(asc(tiers.slug))
  return {
    ...plainColumnsOf(row),
    status: row.status === 'trashed' ? (row.trashedFrom ?? 'draft') : row.status,
    publishedAt: row.publishedAt?.toISOString() ?? null,
    tags: await tagSlugsOf(database, id),
    authors: authorRows.map(({ slug }) => slug),
    tiers: tierRows.map(({ slug }) => slug),
    types: await declaredTypes(store, object),
    fields: await readFieldValues(store, object),
  }
}

/** Slugs of the types that a post is declared to be of. */
async function declaredTypes(store: KvReader, object: string): Promise<readonly string[]> {
  const edges = await store.scan([...outgoing, object, 'is-a'])
  return edges.flatMap(({ key }) => {
    const parsed = parseName(readOutgoing(key).target)
    return parsed?.kind === 'type' ? [parsed.slug] : []
  })
}

export async function findPost(
  database: Queryable,
  id: string,
): Promise<(PostRow & { readonly type: 'post' | 'page' }) | undefined> {
  const [row] = await database.select().from(posts).where(eq(posts.id, id))
  return row && isWriting(row) ? row : undefined
}

export async function lockPosts(
  database: Queryable,
  ids: readonly string[],
): Promise<readonly (PostRow & { readonly type: 'post' | 'page' })[]> {
  if (ids.length === 0) return []
  const rows = await database
    .select()
    .from(posts)
    .where(inArray(posts.id, [...ids]))
    // In one order, so that two who lock the same do not wait for each other.
    .orderBy(asc(posts.id))
    .for('update')
  return rows.filter(isWriting)
}

/** Types and relations are posts of another kind, changed elsewhere. */
function isWriting(row: PostRow): row is PostRow & { readonly type: 'post' | 'page' } {
  return row.type === 'post' || row.type === 'page'
}

export const blankContent: Omit<PostContent, 'lexical'> = {
  title: '',
  slug: '',
  status: 'draft',
  visibility: 'public',
  customExcerpt: null,
  featured: false,
  featureImage: null,
  featureImageAlt: null,
  featureImageCaption: null,
  canonicalUrl: null,
  language: null,
  meta: {},
  codeHead: null,
  codeFoot: null,
  takesComments: true,
  publishedAt: null,
  tags: [],
  authors: [],
  tiers: [],
  types: [],
  fields: {},
}
