import { and, asc, isNull } from 'drizzle-orm'
import type { CartContents, CartLine } from '../../contracts/cart.ts'
import type { MarketService, Product } from '../../contracts/market.ts'
import { cartItems } from '../../models/cart.ts'
import type { Database } from '../../models/database.ts'
import { isOwnedBy, type Owner } from './owner.ts'
import { limitOf } from './stock.ts'
import { sumVat } from './vat.ts'

export const lineColumns = {
  id: cartItems.id,
  productId: cartItems.productId,
  quantity: cartItems.quantity,
  pricePence: cartItems.pricePence,
}

export interface LineRow {
  readonly id: string
  readonly productId: string
  readonly quantity: number
  readonly pricePence: number
}

export function toCartLine(row: LineRow, product: Product): CartLine {
  const quantity = Math.min(row.quantity, limitOf(product))
  return {
    id: row.id,
    product,
    quantity,
    wantedQuantity: row.quantity,
    totalPence: quantity * product.pricePence,
    previousPricePence: row.pricePence === product.pricePence ? null : row.pricePence,
  }
}

/** Undefined owner: nothing has been kept, so there is nothing to ask for. */
export async function readContents(
  database: Database,
  market: Pick<MarketService, 'findProducts'>,
  owner: Owner | undefined,
): Promise<CartContents> {
  const rows = owner
    ? await database
        .select(lineColumns)
        .from(cartItems)
        .where(and(isOwnedBy(owner), isNull(cartItems.deletedAt)))
        .orderBy(asc(cartItems.createdAt), asc(cartItems.id))
    : []
  const found = await market.findProducts(rows.map((row) => row.productId))
  const productById = new Map(found.map((product) => [product.id, product]))
  const lines = rows.flatMap((row) => {
    const product = productById.get(row.productId)
    return product ? [toCartLine(row, product)] : []
  })
  return {
    lines,
    itemCount: sum(lines.map((line) => line.quantity)),
    totalPence: sum(lines.map((line) => line.totalPence)),
    currency: lines[0]?.product.currency ?? 'GBP',
    vat: sumVat(lines),
    goneCount: rows.length - lines.length,
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
