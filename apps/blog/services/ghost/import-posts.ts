import { and, eq, sql } from 'drizzle-orm'
import { posts, type Transaction } from '../../models/index.ts'
import { type PostNews, tellOfPost } from '../posts/tell-of-post.ts'
import { isNews } from './is-news.ts'
import type { Outcome } from './outcome.ts'
import { findRelations, storeRelations } from './post-relations.ts'
import type { PreparedPost } from './prepare-post.ts'
import { addRedirect } from './redirects.ts'
import { freeSlug, isSlugFor, wantedSlug } from './slugs.ts'
import { storeFirstRevisions, storeRevision } from './store-revision.ts'
import { asSentence, storeWarnings } from './store-warnings.ts'

/** What is here of a post from an earlier import. */
export type ImportedPost = Pick<
  typeof posts.$inferSelect,
  'id' | 'sourceId' | 'sourceHash' | 'slug' | 'type' | 'status' | 'updatedAt' | 'sourceExtra'
>

export interface PostBatch {
  readonly source: string
  readonly prepared: readonly PreparedPost[]
  readonly existing: ReadonlyMap<string, ImportedPost>
  /** Tags of the export that are not this source's own here. */
  readonly adoptedTags: ReadonlyMap<string, string>
  /** Since when the site is followed; undefined for a file, of which nothing is news. */
  readonly followedSince?: Date | undefined
}

/** Stores new and changed posts with their tags and authors, redirects and activities. */
export async function importPosts(transaction: Transaction, batch: PostBatch): Promise<Outcome> {
  const { followedSince } = batch
  const warnings: string[] = []
  const relations = await findRelations(transaction, batch)
  const created: string[] = []
  let updated = 0
  for (const prepared of batch.prepared) {
    const known = batch.existing.get(prepared.post.row.id)
    const stored = known
      ? await updatePost(transaction, prepared, { known, followedSince })
      : await createPost(transaction, prepared, batch)
    const place = { id: stored.id, isNew: !known, prepared, relations }
    const lost = await storeRelations(transaction, place)
    const title = prepared.post.row.title
    const all = [...prepared.warnings, ...stored.warnings, ...lost]
    if (known || all.length > 0) {
      await storeWarnings(transaction, stored.id, all.map(asSentence))
    }
    if (known) {
      await storeRevision(transaction, stored.id)
      updated += 1
    } else created.push(stored.id)
    warnings.push(...all.map((it) => `“${title}”: ${it}.`))
  }
  await storeFirstRevisions(transaction, created)
  return { created: created.length, updated, unchanged: 0, warnings }
}

interface Known extends Pick<PostBatch, 'followedSince'> {
  readonly known: ImportedPost
}

interface StoredPost {
  readonly id: string
  readonly warnings: readonly string[]
}

async function createPost(
  transaction: Transaction,
  { post, record, body }: PreparedPost,
  { source, followedSince }: Pick<PostBatch, 'source' | 'followedSince'>,
): Promise<StoredPost> {
  const wanted = wantedSlug(post.row.slug, record.title)
  const slug = await freeSlug(wanted, (other) => isTaken(transaction, record.type, other))
  const [row] = await transaction
    .insert(posts)
    .values({ ...record, ...body, slug, source, sourceId: post.row.id })
    .returning({ id: posts.id })
  if (!row) throw new Error('PostgreSQL did not return the post that it stored')
  if (record.status === 'published')
    await tell(transaction, { change: 'Create', id: row.id, slug, record, followedSince })
  return { id: row.id, warnings: slug === wanted ? [] : [takenWarning(record.type, wanted, slug)] }
}

async function updatePost(
  transaction: Transaction,
  { post, record, body }: PreparedPost,
  { known, followedSince }: Known,
): Promise<StoredPost> {
  const wanted = wantedSlug(post.row.slug, record.title)
  // A slug that was changed here stays, until it is changed there.
  const isSameAtSource = (post.row.slug ?? undefined) === known.sourceExtra['slug']
  const isSameType = record.type === known.type
  const keeps = isSameType && (isSameAtSource || isSlugFor(known.slug, wanted))
  const slug = keeps
    ? known.slug
    : await freeSlug(wanted, (other) => isTaken(transaction, record.type, other))
  await transaction
    .update(posts)
    .set({ ...record, ...body, slug, version: sql`${posts.version} + 1` })
    .where(eq(posts.id, known.id))
  const wasPublic = known.status === 'published'
  if (slug !== known.slug && wasPublic) {
    await addRedirect(transaction, { from: `/${known.slug}/`, to: `/${slug}/` })
  }
  const isPublic = record.status === 'published'
  if (isPublic || wasPublic) {
    const change = !wasPublic ? 'Create' : isPublic ? 'Update' : 'Delete'
    const formerSlug = known.slug
    const news = { change, id: known.id, slug, formerSlug } as const
    await tell(transaction, { ...news, record, followedSince })
  }
  const isShifted = !keeps && slug !== wanted
  return { id: known.id, warnings: isShifted ? [takenWarning(record.type, wanted, slug)] : [] }
}

function takenWarning(type: 'post' | 'page', wanted: string, slug: string): string {
  return `the ${type} is at “${slug}”, since “${wanted}” was taken`
}

async function isTaken(
  transaction: Transaction,
  type: 'post' | 'page',
  slug: string,
): Promise<boolean> {
  const found = await transaction
    .select({ id: posts.id })
    .from(posts)
    .where(and(eq(posts.type, type), eq(posts.slug, slug)))
  return found.length > 0
}

interface News extends Omit<PostNews, 'isPage' | 'visibility'>, Pick<PostBatch, 'followedSince'> {
  readonly record: PreparedPost['record']
}

function tell(transaction: Transaction, { record, followedSince, ...news }: News): Promise<void> {
  const { publishedAt, type } = record
  const visibility = isNews({
    change: news.change,
    publishedAt: publishedAt ?? null,
    followedSince,
  })
    ? 'public'
    : 'internal'
  return tellOfPost(transaction, { ...news, isPage: type === 'page', visibility })
}
