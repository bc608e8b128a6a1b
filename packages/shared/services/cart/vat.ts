import type { CartLine, VatShare } from '../../contracts/cart.ts'

/** The VAT within a price that includes it, rounded half up to the penny. */
export function vatWithin(grossPence: number, ratePercent: number): number {
  const whole = 100 + ratePercent
  return Math.floor((2 * grossPence * ratePercent + whole) / (2 * whole))
}

/** By rate, lowest first; each line is rounded by itself. */
export function sumVat(
  lines: readonly Pick<CartLine, 'totalPence' | 'product'>[],
): readonly VatShare[] {
  const shares = new Map<number, VatShare>()
  for (const { totalPence, product } of lines) {
    if (totalPence === 0) continue
    const ratePercent = product.vatRate
    const sum = shares.get(ratePercent)
    shares.set(ratePercent, {
      ratePercent,
      grossPence: (sum?.grossPence ?? 0) + totalPence,
      vatPence: (sum?.vatPence ?? 0) + vatWithin(totalPence, ratePercent),
    })
  }
  return [...shares.values()].toSorted((left, right) => left.ratePercent - right.ratePercent)
}
