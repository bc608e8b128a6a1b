import type { PageContainer } from '@rose-ash/shared/contracts/blog'
import type { Database } from '@rose-ash/shared/models/database'
import { marketPlaces, productCategories, products } from '@rose-ash/shared/models/market'
import { eq } from 'drizzle-orm'
import { createPage, shortId, switchOn } from './page.ts'

export interface TestMarketPlace {
  readonly id: string
  readonly slug: string
  readonly page: PageContainer
  /** Path on the market. */
  readonly path: string
}

/** A market place on a page of its own, unless one is given, which has them switched on. */
export async function createMarketPlace(
  database: Database,
  values: Partial<typeof marketPlaces.$inferInsert> & { readonly page?: PageContainer } = {},
): Promise<TestMarketPlace> {
  const { page = await createPage(database), ...columns } = values
  await switchOn(database, columns.containerId ?? page.id, 'market')
  const [place] = await database
    .insert(marketPlaces)
    .values({ slug: `place-${shortId()}`, name: 'Bakery', containerId: page.id, ...columns })
    .returning({ id: marketPlaces.id, slug: marketPlaces.slug })
  if (!place) throw new Error('PostgreSQL did not return the market place')
  return { ...place, page, path: `/${page.slug}/${place.slug}/` }
}

/** A product on sale, at a market place of its own unless one is given, uncounted unless `stock` is. */
export async function createProduct(
  database: Database,
  values: Partial<typeof products.$inferInsert> & { readonly place?: TestMarketPlace } = {},
): Promise<typeof products.$inferSelect & { readonly place: TestMarketPlace }> {
  const { place = await createMarketPlace(database), ...columns } = values
  const category = columns.category ?? 'bread'
  await database
    .insert(productCategories)
    .values({ marketPlaceId: place.id, slug: category, name: nameOf(category) })
    .onConflictDoNothing()
  const [product] = await database
    .insert(products)
    .values({
      marketPlaceId: place.id,
      slug: `product-${shortId()}`,
      title: 'Seeded loaf',
      pricePence: 420,
      unitLabel: '800 g loaf',
      ...columns,
      category,
    })
    .returning()
  if (!product) throw new Error('PostgreSQL did not return the product')
  return { ...product, place }
}

function nameOf(slug: string): string {
  return slug.slice(0, 1).toUpperCase() + slug.slice(1)
}

export async function changeProduct(
  database: Database,
  id: string,
  values: Partial<typeof products.$inferInsert>,
): Promise<void> {
  await database.update(products).set(values).where(eq(products.id, id))
}
