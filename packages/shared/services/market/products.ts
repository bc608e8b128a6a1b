import { and, eq, ilike, inArray, isNull, type SQL } from 'drizzle-orm'
import type {
  ListedProduct,
  MarketPlace,
  Product,
  ProductDetails,
  ProductQuery,
} from '../../contracts/market.ts'
import { productCategories, products } from '../../models/market.ts'
import { unitPriceOf } from './unit-price.ts'

export const productColumns = {
  id: products.id,
  marketPlaceId: products.marketPlaceId,
  slug: products.slug,
  title: products.title,
  summary: products.summary,
  unitLabel: products.unitLabel,
  pricePence: products.pricePence,
  currency: products.currency,
  vatRate: products.vatRate,
  stock: products.stock,
  image: products.image,
  imageAlt: products.imageAlt,
}

export const listedColumns = {
  ...productColumns,
  measureAmount: products.measureAmount,
  measureUnit: products.measureUnit,
  category: { slug: productCategories.slug, name: productCategories.name },
}

export const detailColumns = { ...listedColumns, descriptionHtml: products.descriptionHtml }

/** Of a product and its category. */
export const ofSameCategory = and(
  eq(productCategories.marketPlaceId, products.marketPlaceId),
  eq(productCategories.slug, products.category),
)

/** Everything a product needs to be shown, but for its market place. */
export interface ProductRow
  extends Omit<Product, 'image' | 'path'>, Pick<ListedProduct, 'category'> {
  readonly image: string | null
  readonly imageAlt: string | null
  readonly measureAmount: number | null
  readonly measureUnit: 'g' | 'ml' | 'item' | null
}

export function toProduct(
  row: Omit<ProductRow, 'category' | 'measureAmount' | 'measureUnit'>,
  marketPlace: MarketPlace,
): Product {
  return {
    id: row.id,
    marketPlaceId: row.marketPlaceId,
    slug: row.slug,
    title: row.title,
    summary: row.summary,
    unitLabel: row.unitLabel,
    pricePence: row.pricePence,
    currency: row.currency,
    vatRate: row.vatRate,
    stock: row.stock,
    image: row.image === null ? null : { src: row.image, alt: row.imageAlt ?? '' },
    path: `${marketPlace.path}${row.slug}/`,
  }
}

export function toListedProduct(row: ProductRow, marketPlace: MarketPlace): ListedProduct {
  return {
    ...toProduct(row, marketPlace),
    category: row.category,
    unitPrice: unitPriceOf(row),
  }
}

export function toProductDetails(
  row: ProductRow & { readonly descriptionHtml: string },
  marketPlace: MarketPlace,
): ProductDetails {
  return { ...toListedProduct(row, marketPlace), descriptionHtml: row.descriptionHtml }
}

/** What a list of products is narrowed down to; only market places that are shown count. */
export function matching(query: ProductQuery, shown: readonly MarketPlace[]): SQL | undefined {
  const places = shown.filter(
    ({ slug }) => query.marketPlace === undefined || slug === query.marketPlace,
  )
  return and(
    isNull(products.deletedAt),
    inArray(
      products.marketPlaceId,
      places.map(({ id }) => id),
    ),
    query.category === undefined ? undefined : eq(products.category, query.category),
    ...searchWords(query.search).map((word) => ilike(products.title, `%${escapePattern(word)}%`)),
  )
}

const maxWords = 8

function searchWords(search = ''): readonly string[] {
  return search.split(/\s+/).filter(Boolean).slice(0, maxWords)
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`)
}
