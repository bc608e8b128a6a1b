import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { editTimes, instant } from './columns.ts'

/** A shop inside the market. It hangs on a container: the blog page that it belongs to. */
export const marketPlaces = pgTable(
  'market_places',
  {
    id: uuid().primaryKey().defaultRandom(),
    slug: text().notNull(),
    name: text().notNull(),
    summary: text().notNull().default(''),
    descriptionHtml: text().notNull().default(''),
    image: text(),
    imageAlt: text(),
    containerType: text().notNull().default('page'),
    containerId: uuid().notNull(),
    sortOrder: integer().notNull().default(0),
    deletedAt: instant(),
    ...editTimes(),
  },
  (table) => [
    uniqueIndex('market_places_slug_unique')
      .on(table.slug)
      .where(sql`deleted_at is null`),
    index('market_places_container').on(table.containerType, table.containerId),
  ],
)

/** The shelves of a market place. */
export const productCategories = pgTable(
  'product_categories',
  {
    marketPlaceId: uuid()
      .notNull()
      .references(() => marketPlaces.id),
    slug: text().notNull(),
    name: text().notNull(),
    sortOrder: integer().notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.marketPlaceId, table.slug] })],
)

/**
 * `vatRate` is in per cent; `stock` null means that it is made to order or not counted. One unit
 * holds `measureAmount` of `measureUnit`, from which the price per kilogram or litre comes.
 */
export const products = pgTable(
  'products',
  {
    id: uuid().primaryKey().defaultRandom(),
    marketPlaceId: uuid()
      .notNull()
      .references(() => marketPlaces.id),
    slug: text().notNull(),
    title: text().notNull(),
    summary: text().notNull().default(''),
    descriptionHtml: text().notNull().default(''),
    /** Slug of a category of the same market place. */
    category: text().notNull(),
    pricePence: integer().notNull(),
    currency: text().notNull().default('GBP'),
    unitLabel: text().notNull(),
    measureAmount: integer(),
    measureUnit: text({ enum: ['g', 'ml', 'item'] }),
    vatRate: integer().notNull().default(0),
    stock: integer(),
    image: text(),
    imageAlt: text(),
    sortOrder: integer().notNull().default(0),
    deletedAt: instant(),
    ...editTimes(),
  },
  (table) => [
    uniqueIndex('products_slug_unique').on(table.marketPlaceId, table.slug),
    index('products_listing').on(table.marketPlaceId, table.category, table.sortOrder),
    foreignKey({
      name: 'products_category',
      columns: [table.marketPlaceId, table.category],
      foreignColumns: [productCategories.marketPlaceId, productCategories.slug],
    }).onUpdate('cascade'),
    check(
      'products_measure',
      sql`measure_amount > 0 and (measure_amount is null) = (measure_unit is null)`,
    ),
    check('products_price', sql`price_pence >= 0`),
    check('products_stock', sql`stock >= 0`),
  ],
)
