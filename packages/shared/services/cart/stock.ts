import { and, eq, isNull } from 'drizzle-orm'
import { ConflictError, InvalidInputError } from '../../contracts/errors.ts'
import type { Transaction } from '../../models/database.ts'
import { products } from '../../models/market.ts'

/** As many as one line may hold. */
export const maxQuantity = 999

export interface Offer {
  readonly title: string
  readonly marketPlaceId: string
  readonly pricePence: number
  readonly stock: number | null
}

/**
 * The product as it is for sale this moment. It is the market's table: the stock that a change of
 * the cart is measured by has to be read in the transaction of that change.
 */
export async function findOffer(
  transaction: Transaction,
  productId: string,
): Promise<Offer | undefined> {
  const [offer] = await transaction
    .select({
      title: products.title,
      marketPlaceId: products.marketPlaceId,
      pricePence: products.pricePence,
      stock: products.stock,
    })
    .from(products)
    .where(and(eq(products.id, productId), isNull(products.deletedAt)))
  return offer
}

export function limitOf({ stock }: Pick<Offer, 'stock'>): number {
  return Math.min(maxQuantity, stock ?? maxQuantity)
}

/** In words for the buyer. `held` is what the cart holds already. */
export function notEnough(offer: Offer, held = 0): ConflictError {
  const { title, stock } = offer
  if (stock === null || stock > maxQuantity) {
    return new ConflictError(`A cart holds at most ${maxQuantity} of one product.`)
  }
  if (stock === 0) return new ConflictError(`${title}: sold out at the moment.`)
  const left = `${title}: there ${stock === 1 ? 'is' : 'are'} only ${stock} left`
  return new ConflictError(held > 0 ? `${left}, and your cart holds ${held} already.` : `${left}.`)
}

/** Throws InvalidInputError for anything but a whole number within the limits. */
export function assertQuantity(quantity: number, least: 0 | 1): void {
  if (Number.isInteger(quantity) && quantity >= least && quantity <= maxQuantity) return
  throw new InvalidInputError(`Please choose a quantity from ${least} to ${maxQuantity}.`)
}
