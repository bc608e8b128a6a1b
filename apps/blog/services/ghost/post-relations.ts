import { and, eq, inArray, or } from 'drizzle-orm'
import {
  authors,
  postAuthors,
  postTags,
  postTiers,
  tags,
  tiers,
  type Transaction,
} from '../../models/index.ts'
import type { PostBatch } from './import-posts.ts'
import type { PreparedPost } from './prepare-post.ts'

/** Our ids of what posts of a batch name by the export's ids. */
export interface Relations {
  readonly tags: ReadonlyMap<string, string>
  readonly authors: ReadonlyMap<string, string>
  readonly tiers: ReadonlyMap<string, string>
}

export async function findRelations(
  transaction: Transaction,
  batch: PostBatch,
): Promise<Relations> {
  const tagIds = [...new Set(batch.prepared.flatMap(({ post }) => post.tagIds))]
  const authorIds = [...new Set(batch.prepared.flatMap(({ post }) => post.authorIds))]
  const foundTags = await transaction
    .select({ id: tags.id, sourceId: tags.sourceId })
    .from(tags)
    .where(and(eq(tags.source, batch.source), inArray(tags.sourceId, tagIds)))
  const foundAuthors = await transaction
    .select({ id: authors.id, sourceId: authors.sourceId })
    .from(authors)
    .where(and(eq(authors.source, batch.source), inArray(authors.sourceId, authorIds)))
  return {
    tags: new Map([
      ...batch.adoptedTags,
      ...foundTags.map(({ id, sourceId }) => [sourceId ?? '', id] as const),
    ]),
    authors: new Map(foundAuthors.map(({ id, sourceId }) => [sourceId ?? '', id] as const)),
    tiers: await findTiers(transaction, batch),
  }
}

/** A tier that was here already under the same slug stands for the site's own. */
async function findTiers(
  transaction: Transaction,
  { source, prepared }: PostBatch,
): Promise<ReadonlyMap<string, string>> {
  const named = prepared.flatMap(({ post }) =>
    post.tierIds.map((id, index) => ({ id, slug: post.tiers[index] ?? '' })),
  )
  if (named.length === 0) return new Map()
  const ids = named.map(({ id }) => id)
  const slugs = named.map(({ slug }) => slug)
  const found = await transaction
    .select({ id: tiers.id, slug: tiers.slug, source: tiers.source, sourceId: tiers.sourceId })
    .from(tiers)
    .where(
      or(and(eq(tiers.source, source), inArray(tiers.sourceId, ids)), inArray(tiers.slug, slugs)),
    )
  const own = found.filter((tier) => tier.source === source)
  return new Map(
    named.flatMap(({ id, slug }) => {
      const tier =
        own.find(({ sourceId }) => sourceId === id) ?? found.find((other) => other.slug === slug)
      return tier ? [[id, tier.id] as const] : []
    }),
  )
}

/** In the export's order, which says what is first. Returns what the export names and does not hold. */
export async function storeRelations(
  transaction: Transaction,
  {
    id,
    isNew,
    prepared,
    relations,
  }: {
    readonly id: string
    readonly isNew: boolean
    readonly prepared: PreparedPost
    readonly relations: Relations
  },
): Promise<readonly string[]> {
  const { tagIds, authorIds, tierIds } = prepared.post
  const tagRows = [...new Set(tagIds.flatMap((tagId) => relations.tags.get(tagId) ?? []))]
  const authorRows = authorIds.flatMap((authorId) => relations.authors.get(authorId) ?? [])
  const tierRows = [...new Set(tierIds.flatMap((tierId) => relations.tiers.get(tierId) ?? []))]
  if (!isNew) await forgetRelations(transaction, id)
  if (tagRows.length > 0) {
    await transaction
      .insert(postTags)
      .values(tagRows.map((tagId, sortOrder) => ({ postId: id, tagId, sortOrder })))
  }
  if (authorRows.length > 0) {
    await transaction
      .insert(postAuthors)
      .values(authorRows.map((authorId, sortOrder) => ({ postId: id, authorId, sortOrder })))
  }
  if (tierRows.length > 0) {
    await transaction.insert(postTiers).values(tierRows.map((tierId) => ({ postId: id, tierId })))
  }
  return [
    ...(tagIds.some((tagId) => !relations.tags.has(tagId))
      ? ['a tag of it is not in the file']
      : []),
    ...(authorIds.some((authorId) => !relations.authors.has(authorId))
      ? ['an author of it is not in the file']
      : []),
    ...(prepared.record.visibility === 'tiers' && tierRows.length === 0
      ? ['it is for certain tiers, and none of them is known here, so nobody may read it']
      : []),
  ]
}

async function forgetRelations(transaction: Transaction, postId: string): Promise<void> {
  await transaction.delete(postTags).where(eq(postTags.postId, postId))
  await transaction.delete(postAuthors).where(eq(postAuthors.postId, postId))
  await transaction.delete(postTiers).where(eq(postTiers.postId, postId))
}
