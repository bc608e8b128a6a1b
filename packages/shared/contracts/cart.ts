import type { Product } from './market.ts'
import type { Visitor } from './visitor.ts'

export interface CartLine {
  readonly id: string
  readonly product: Product
  /** What can be had today: less than was wanted when the stock has gone down, 0 when it is gone. */
  readonly quantity: number
  readonly wantedQuantity: number
  readonly totalPence: number
  /** What one cost when the buyer chose the quantity, when that was another price; otherwise null. */
  readonly previousPricePence: number | null
}

/** A line that its owner has taken out and may put back. */
export interface RemovedCartLine {
  readonly id: string
  readonly title: string
}

export interface CartSummary {
  /** Pieces, not lines. */
  readonly itemCount: number
  readonly totalPence: number
  readonly currency: string
}

/** What one rate of VAT comes to. VAT is worked out line by line, rounded half up. */
export interface VatShare {
  readonly ratePercent: number
  /** VAT included. */
  readonly grossPence: number
  readonly vatPence: number
}

export interface CartContents extends CartSummary {
  readonly lines: readonly CartLine[]
  /** Lowest rate first. */
  readonly vat: readonly VatShare[]
  /** Lines that are not shown because the product is no longer on sale. */
  readonly goneCount: number
}

/** Every quantity that goes in is a whole number from 1 to 999 and at most the product's stock. */
export interface CartService {
  summary(visitor: Visitor): Promise<CartSummary>
  contents(visitor: Visitor): Promise<CartContents>
  /** Lines in the order in which they were added. Products no longer on sale are left out. */
  lines(visitor: Visitor): Promise<readonly CartLine[]>
  /**
   * Adds `quantity` to what is there. Throws NotFoundError for an unknown product and ConflictError,
   * in words for the buyer, when there is not enough of it.
   */
  addItem(visitor: Visitor, item: { productId: string; quantity: number }): Promise<CartLine>
  /**
   * Sets the quantity; 0 removes. Throws NotFoundError when the line is not this visitor's, and
   * ConflictError, in words for the buyer, when there is not enough of the product.
   */
  setQuantity(visitor: Visitor, line: { id: string; quantity: number }): Promise<void>
  /** Undefined when the line is not this visitor's, is still there, or can no longer be bought. */
  findRemovedItem(visitor: Visitor, lineId: string): Promise<RemovedCartLine | undefined>
  /**
   * Puts a removed line back as it was. Of a product that is there again the larger quantity stays.
   * Throws NotFoundError when the line is not this visitor's; does nothing when it is there.
   */
  restoreItem(visitor: Visitor, lineId: string): Promise<void>
  /** Takes out the lines of products that are no longer on sale. */
  removeGoneItems(visitor: Visitor): Promise<void>
  /**
   * Moves a device's lines to a member, or to another device. Of a product on both sides the larger
   * quantity stays, so that doing it twice changes nothing.
   */
  adopt(from: { deviceId: string }, to: Visitor): Promise<void>
}
