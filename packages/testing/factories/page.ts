import { randomUUID } from 'node:crypto'
import type { PageContainer, PageFeature } from '@rose-ash/shared/contracts/blog'
import { posts } from '@rose-ash/shared/models/blog'
import type { Database } from '@rose-ash/shared/models/database'
import { pageFeatures } from '@rose-ash/shared/models/navigation'
import { and, eq } from 'drizzle-orm'

/** A published page of the blog, for market places and calendars to hang on. */
export async function createPage(
  database: Database,
  values: Partial<typeof posts.$inferInsert> = {},
): Promise<PageContainer> {
  const [page] = await database
    .insert(posts)
    .values({
      type: 'page',
      slug: `page-${shortId()}`,
      title: 'The mill',
      status: 'published',
      lexical: {},
      publishedAt: new Date('2026-01-01T12:00:00Z'),
      ...values,
    })
    .returning({ id: posts.id, slug: posts.slug, title: posts.title })
  if (!page) throw new Error('PostgreSQL did not return the page')
  return { ...page, type: 'page' }
}

/** As its owners do on the page's own page. */
export async function switchOn(
  database: Database,
  pageId: string,
  feature: PageFeature,
): Promise<void> {
  await database.insert(pageFeatures).values({ pageId, feature }).onConflictDoNothing()
}

/** Also while something hangs there, as it does that came from elsewhere. */
export async function switchOff(
  database: Database,
  pageId: string,
  feature: PageFeature,
): Promise<void> {
  const ofPage = and(eq(pageFeatures.pageId, pageId), eq(pageFeatures.feature, feature))
  await database.delete(pageFeatures).where(ofPage)
}

/** Enough of an id for a slug to be nobody else's. */
export function shortId(): string {
  return randomUUID().slice(0, 8)
}
