import type { UnitPrice } from '../../contracts/market.ts'

export interface Measured {
  readonly pricePence: number
  readonly measureAmount: number | null
  readonly measureUnit: 'g' | 'ml' | 'item' | null
}

const per = {
  g: { amount: 1000, unit: 'kg' },
  ml: { amount: 1000, unit: 'litre' },
  item: { amount: 1, unit: 'item' },
} as const

/** Half up, in whole pence. Null when the price is for just one kilogram, litre or item anyway. */
export function unitPriceOf(product: Measured): UnitPrice | null {
  const { pricePence, measureAmount, measureUnit } = product
  if (measureAmount === null || measureUnit === null) return null
  const { amount, unit } = per[measureUnit]
  if (measureAmount === amount) return null
  return {
    pricePence: Math.floor((2 * pricePence * amount + measureAmount) / (2 * measureAmount)),
    unit,
  }
}
