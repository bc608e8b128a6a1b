import { and, asc, count, desc, eq, inArray, isNull, min, ne, sql } from 'drizzle-orm'
import type { BlogService } from '../../contracts/blog.ts'
import type { ListedProduct, MarketPlace, MarketService } from '../../contracts/market.ts'
import { marketPlaces, productCategories, products } from '../../models/market.ts'
import type { ServiceDependencies } from '../registry.ts'
import { createReadMarketPlaces } from './market-places.ts'
import {
  detailColumns,
  listedColumns,
  matching,
  ofSameCategory,
  productColumns,
  type ProductRow,
  toListedProduct,
  toProduct,
  toProductDetails,
} from './products.ts'

export function createMarketService(
  { database }: Pick<ServiceDependencies, 'database'>,
  { blog }: { readonly blog: Pick<BlogService, 'findPagesByIds'> },
): MarketService {
  const readMarketPlaces = createReadMarketPlaces(database, blog)

  return {
    async findProducts(ids) {
      if (ids.length === 0) return []
      const rows = await database
        .select(productColumns)
        .from(products)
        .where(and(inArray(products.id, [...ids]), isNull(products.deletedAt)))
      if (rows.length === 0) return []
      const places = byId(
        await readMarketPlaces(
          inArray(
            marketPlaces.id,
            rows.map((row) => row.marketPlaceId),
          ),
        ),
      )
      const found = byId(
        rows.flatMap((row) => {
          const place = places.get(row.marketPlaceId)
          return place ? [toProduct(row, place)] : []
        }),
      )
      return ids.flatMap((id) => found.get(id) ?? [])
    },

    async findProductBySlug(marketPlaceSlug, slug) {
      const [place] = await readMarketPlaces(eq(marketPlaces.slug, marketPlaceSlug))
      if (!place) return undefined
      const [row] = await database
        .select(detailColumns)
        .from(products)
        .innerJoin(productCategories, ofSameCategory)
        .where(
          and(
            eq(products.marketPlaceId, place.id),
            eq(products.slug, slug),
            isNull(products.deletedAt),
          ),
        )
      return row && toProductDetails(row, place)
    },

    async listProducts(query, { page, pageSize }) {
      const places = await readMarketPlaces()
      const condition = matching(query, places)
      const [rows, [counted]] = await Promise.all([
        database
          .select(listedColumns)
          .from(products)
          .innerJoin(productCategories, ofSameCategory)
          .innerJoin(marketPlaces, eq(marketPlaces.id, products.marketPlaceId))
          .where(condition)
          .orderBy(
            asc(marketPlaces.sortOrder),
            asc(marketPlaces.name),
            asc(productCategories.sortOrder),
            asc(productCategories.name),
            asc(products.sortOrder),
            asc(products.title),
            asc(products.id),
          )
          .limit(pageSize)
          .offset((page - 1) * pageSize),
        database.select({ total: count() }).from(products).where(condition),
      ])
      return { products: inPlaces(rows, places), totalCount: counted?.total ?? 0 }
    },

    async findRelatedProducts(product, limit) {
      const [place] = await readMarketPlaces(eq(marketPlaces.id, product.marketPlaceId))
      if (!place) return []
      const rows = await database
        .select(listedColumns)
        .from(products)
        .innerJoin(productCategories, ofSameCategory)
        .where(
          and(
            eq(products.marketPlaceId, place.id),
            eq(products.category, product.category.slug),
            ne(products.id, product.id),
            isNull(products.deletedAt),
          ),
        )
        .orderBy(
          desc(sql`${products.stock} is distinct from 0`),
          asc(products.sortOrder),
          asc(products.title),
        )
        .limit(limit)
      return inPlaces(rows, [place])
    },

    findMarketPlaces: ({ type, id }) =>
      readMarketPlaces(and(eq(marketPlaces.containerType, type), eq(marketPlaces.containerId, id))),

    async findMarketPlaceBySlug(slug) {
      const [place] = await readMarketPlaces(eq(marketPlaces.slug, slug))
      return place
    },

    listMarketPlaces: () => readMarketPlaces(),

    async listCategories(marketPlaceSlug) {
      const places = await readMarketPlaces()
      return database
        .select({
          slug: productCategories.slug,
          name: sql<string>`min(${productCategories.name})`,
          productCount: count(),
        })
        .from(products)
        .innerJoin(productCategories, ofSameCategory)
        .innerJoin(marketPlaces, eq(marketPlaces.id, products.marketPlaceId))
        .where(matching({ marketPlace: marketPlaceSlug }, places))
        .groupBy(productCategories.slug)
        .orderBy(
          min(marketPlaces.sortOrder),
          min(productCategories.sortOrder),
          productCategories.slug,
        )
    },
  }
}

function inPlaces(
  rows: readonly ProductRow[],
  places: readonly MarketPlace[],
): readonly ListedProduct[] {
  const placeById = byId(places)
  return rows.flatMap((row) => {
    const place = placeById.get(row.marketPlaceId)
    return place ? [toListedProduct(row, place)] : []
  })
}

function byId<Row extends { readonly id: string }>(rows: readonly Row[]): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [row.id, row]))
}
