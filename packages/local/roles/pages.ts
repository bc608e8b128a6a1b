import type { Container } from '@rose-ash/shared/contracts/container'
import { posts } from '@rose-ash/shared/models/blog'
import type { Database } from '@rose-ash/shared/models/database'
import { and, eq, inArray } from 'drizzle-orm'

const isPage = eq(posts.type, 'page')

export async function findPage(database: Database, slug: string): Promise<Container | undefined> {
  const [page] = await database
    .select({ id: posts.id })
    .from(posts)
    .where(and(isPage, eq(posts.slug, slug)))
  return page && { type: 'page', id: page.id }
}

/** By id; ids of no page are left out. */
export async function listPageSlugs(
  database: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await database
    .select({ id: posts.id, slug: posts.slug })
    .from(posts)
    .where(and(isPage, inArray(posts.id, [...ids])))
  return new Map(rows.map(({ id, slug }) => [id, slug]))
}
