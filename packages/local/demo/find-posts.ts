import { posts } from '@rose-ash/shared/models/blog'
import type { Transaction } from '@rose-ash/shared/models/database'
import { and, eq, inArray } from 'drizzle-orm'

/** Ids of pages by slug. Throws when one is missing: the demo files have to fit each other. */
export function findPageIds(
  transaction: Transaction,
  slugs: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  return findIds(transaction, 'page', slugs)
}

/** Ids of posts by slug. Throws when one is missing. */
export function findPostIds(
  transaction: Transaction,
  slugs: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  return findIds(transaction, 'post', slugs)
}

async function findIds(
  transaction: Transaction,
  type: 'post' | 'page',
  slugs: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await transaction
    .select({ slug: posts.slug, id: posts.id })
    .from(posts)
    .where(and(eq(posts.type, type), inArray(posts.slug, [...new Set(slugs)])))
  const ids = new Map(rows.map(({ slug, id }) => [slug, id]))
  const missing = slugs.find((slug) => !ids.has(slug))
  if (missing !== undefined) throw new Error(`The demo blog has no ${type} named ${missing}.`)
  return ids
}
