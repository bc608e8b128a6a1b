import { and, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import type { CartService } from '../../contracts/cart.ts'
import { NotFoundError } from '../../contracts/errors.ts'
import type { MarketService } from '../../contracts/market.ts'
import { type Visitor, visitorTag } from '../../contracts/visitor.ts'
import { cartItems } from '../../models/cart.ts'
import type { ServiceDependencies } from '../registry.ts'
import { adoptItems, putInto } from './adopt.ts'
import { lineColumns, readContents, toCartLine } from './lines.ts'
import { isOwnedBy, oneLineAProduct, type Owner, ownerOf } from './owner.ts'
import { removeLine } from './remove.ts'
import { assertQuantity, findOffer, limitOf, notEnough } from './stock.ts'

export function createCartService(
  { database, cache }: Pick<ServiceDependencies, 'database' | 'cache'>,
  { market }: { readonly market: Pick<MarketService, 'findProducts'> },
): CartService {
  const contents = (visitor: Visitor) => readContents(database, market, ownerOf(visitor))

  /** Once the change is committed, so that nobody keeps what was there before. */
  async function forgetFragments(...visitors: readonly Visitor[]): Promise<void> {
    await cache.invalidateTags(visitors.map(visitorTag).filter((tag) => tag !== undefined))
  }

  return {
    contents,

    async summary(visitor) {
      const { itemCount, totalPence, currency } = await contents(visitor)
      return { itemCount, totalPence, currency }
    },

    async lines(visitor) {
      const { lines } = await contents(visitor)
      return lines
    },

    async addItem(visitor, { productId, quantity }) {
      assertQuantity(quantity, 1)
      const owner = knownOwner(visitor)
      const [product] = await market.findProducts([productId])
      if (!product) throw new NotFoundError('This product is no longer on sale.')

      const row = await database.transaction(async (transaction) => {
        const offer = await findOffer(transaction, productId)
        if (!offer) throw new NotFoundError('This product is no longer on sale.')
        const { marketPlaceId, pricePence } = offer
        const limit = limitOf(offer)
        if (quantity > limit) throw notEnough(offer)
        // Whoever comes at the same time waits here, and then adds to what the other has left.
        const [line] = await transaction
          .insert(cartItems)
          .values({ ...owner, productId, marketPlaceId, quantity, pricePence })
          .onConflictDoUpdate({
            ...oneLineAProduct(owner),
            set: {
              quantity: sql`${cartItems.quantity} + excluded.quantity`,
              pricePence: sql`excluded.price_pence`,
              updatedAt: sql`now()`,
            },
            setWhere: sql`${cartItems.quantity} + excluded.quantity <= ${limit}`,
          })
          .returning(lineColumns)
        if (line) return line
        const [held] = await transaction
          .select({ quantity: cartItems.quantity })
          .from(cartItems)
          .where(
            and(isOwnedBy(owner), eq(cartItems.productId, productId), isNull(cartItems.deletedAt)),
          )
        throw notEnough(offer, held?.quantity)
      })
      await forgetFragments(visitor)
      return toCartLine(row, product)
    },

    async setQuantity(visitor, { id, quantity }) {
      assertQuantity(quantity, 0)
      const owner = knownOwner(visitor)
      await database.transaction(async (transaction) => {
        if (quantity === 0) return removeLine(transaction, owner, id)
        const [line] = await transaction
          .select({ productId: cartItems.productId })
          .from(cartItems)
          .where(and(eq(cartItems.id, id), isOwnedBy(owner), isNull(cartItems.deletedAt)))
          .for('update')
        const offer = line && (await findOffer(transaction, line.productId))
        if (!offer) throw new NotFoundError('This is no longer in your cart.')
        if (quantity > limitOf(offer)) throw notEnough(offer)
        await transaction
          .update(cartItems)
          .set({ quantity, pricePence: offer.pricePence, updatedAt: sql`now()` })
          .where(eq(cartItems.id, id))
      })
      await forgetFragments(visitor)
    },

    async findRemovedItem(visitor, lineId) {
      const owner = ownerOf(visitor)
      if (!owner) return undefined
      const [row] = await database
        .select(lineColumns)
        .from(cartItems)
        .where(and(eq(cartItems.id, lineId), isOwnedBy(owner), isNotNull(cartItems.deletedAt)))
      const [product] = row ? await market.findProducts([row.productId]) : []
      return row && product && { id: row.id, title: product.title }
    },

    async restoreItem(visitor, lineId) {
      const owner = knownOwner(visitor)
      await database.transaction(async (transaction) => {
        const isOwn = and(eq(cartItems.id, lineId), isOwnedBy(owner))
        const removed = await transaction
          .delete(cartItems)
          .where(and(isOwn, isNotNull(cartItems.deletedAt)))
          .returning()
        await putInto(transaction, owner, removed)
        if (removed.length > 0) return
        const there = await transaction.select({ id: cartItems.id }).from(cartItems).where(isOwn)
        if (there.length === 0) throw new NotFoundError('This is no longer to be had back.')
      })
      await forgetFragments(visitor)
    },

    async removeGoneItems(visitor) {
      const owner = knownOwner(visitor)
      const rows = await database
        .select(lineColumns)
        .from(cartItems)
        .where(and(isOwnedBy(owner), isNull(cartItems.deletedAt)))
      const onSale = await market.findProducts(rows.map((row) => row.productId))
      const onSaleIds = new Set(onSale.map((product) => product.id))
      const gone = rows.filter((row) => !onSaleIds.has(row.productId)).map((row) => row.id)
      await database.delete(cartItems).where(inArray(cartItems.id, gone))
      await forgetFragments(visitor)
    },

    async adopt(from, to) {
      await database.transaction((transaction) => adoptItems(transaction, from, to))
      await forgetFragments(from, to)
    },
  }
}

function knownOwner(visitor: Visitor): Owner {
  const owner = ownerOf(visitor)
  if (!owner) throw new Error('A cart belongs to a member or a device, and there is neither.')
  return owner
}
