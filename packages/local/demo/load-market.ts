import { readFileSync } from 'node:fs'
import type { Transaction } from '@rose-ash/shared/models/database'
import { marketPlaces, productCategories, products } from '@rose-ash/shared/models/market'
import { pageFeatures } from '@rose-ash/shared/models/navigation'
import { attachWithin } from '@rose-ash/shared/services/relations/relations-service'
import { and, eq, isNull } from 'drizzle-orm'
import { findPageIds } from './find-posts.ts'
import { firstSentence } from './first-sentence.ts'
import { publishDemoImage } from './load-accounts.ts'
import type { DemoMarketFile, DemoMarketPlace } from './shapes.ts'

/**
 * The shops with their shelves and products. What is there already stays as it is, so that doing it
 * twice changes nothing. Throws when a page that a shop hangs on is missing.
 */
export async function loadDemoMarket(transaction: Transaction, mediaFolder: string): Promise<void> {
  const { marketPlaces: places } = readDemoMarket()
  const pageIds = await findPageIds(
    transaction,
    places.map((place) => place.pageSlug),
  )
  for (const place of places) {
    const marketPlaceId = await ensureMarketPlace(transaction, {
      place,
      containerId: pageIds.get(place.pageSlug) ?? '',
      image: publishDemoImage(place.image, mediaFolder),
    })
    await transaction
      .insert(productCategories)
      .values(place.categories.map((category) => ({ marketPlaceId, ...category })))
      .onConflictDoNothing()
    await transaction
      .insert(products)
      .values(
        place.products.map((product) => ({
          marketPlaceId,
          slug: product.slug,
          title: product.title,
          summary: product.summary,
          descriptionHtml: product.descriptionHtml,
          category: product.categorySlug,
          pricePence: product.pricePence,
          currency: product.currency,
          unitLabel: product.unitLabel,
          measureAmount: product.measure.amount,
          measureUnit: product.measure.unit,
          vatRate: product.vatRatePercent,
          stock: product.inStock ? product.stockCount : 0,
          image: publishDemoImage(product.image, mediaFolder),
          imageAlt: product.image.alt,
          sortOrder: product.sortOrder,
        })),
      )
      .onConflictDoNothing()
  }
}

export function readDemoMarket(): DemoMarketFile {
  const text = readFileSync(new URL('./market.json', import.meta.url), 'utf8')
  return JSON.parse(text) as DemoMarketFile
}

async function ensureMarketPlace(
  transaction: Transaction,
  { place, containerId, image }: { place: DemoMarketPlace; containerId: string; image: string },
): Promise<string> {
  const { slug, name, descriptionHtml, sortOrder } = place
  const made = await transaction
    .insert(marketPlaces)
    .values({
      slug,
      name,
      summary: firstSentence(descriptionHtml),
      descriptionHtml,
      image,
      imageAlt: place.image.alt,
      containerId,
      sortOrder,
    })
    .onConflictDoNothing()
    .returning({ id: marketPlaces.id })
  const [row] = await transaction
    .select({ id: marketPlaces.id })
    .from(marketPlaces)
    .where(and(eq(marketPlaces.slug, slug), isNull(marketPlaces.deletedAt)))
  if (!row) throw new Error(`The demo shop ${slug} could not be made.`)
  await transaction
    .insert(pageFeatures)
    .values({ pageId: containerId, feature: 'market' })
    .onConflictDoNothing()
  if (made.length > 0) {
    await attachWithin(transaction, {
      parent: { type: 'page', id: containerId },
      child: { type: 'market', id: row.id },
      sortOrder,
    })
  }
  return row.id
}
