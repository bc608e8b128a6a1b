import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { editTimes, instant } from './columns.ts'

/**
 * What somebody means to buy. It belongs to a member (`userId`) or, before sign-in, to a device.
 * Products are named by id only: they are another domain's, so there is no foreign key.
 */
export const cartItems = pgTable(
  'cart_items',
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid(),
    deviceId: text(),
    productId: uuid().notNull(),
    marketPlaceId: uuid().notNull(),
    quantity: integer().notNull(),
    /** What one cost when the buyer last chose the quantity, so that a change can be told. */
    pricePence: integer().notNull(),
    deletedAt: instant(),
    ...editTimes(),
  },
  (table) => [
    uniqueIndex('cart_items_user_product')
      .on(table.userId, table.productId)
      .where(sql`user_id is not null and deleted_at is null`),
    uniqueIndex('cart_items_device_product')
      .on(table.deviceId, table.productId)
      .where(sql`user_id is null and deleted_at is null`),
    index('cart_items_removed_user')
      .on(table.userId, table.productId)
      .where(sql`user_id is not null and deleted_at is not null`),
    index('cart_items_removed_device')
      .on(table.deviceId, table.productId)
      .where(sql`user_id is null and deleted_at is not null`),
    index('cart_items_product').on(table.productId),
    check('cart_items_owner', sql`user_id is not null or device_id is not null`),
    check('cart_items_quantity', sql`quantity between 1 and 999`),
  ],
)
