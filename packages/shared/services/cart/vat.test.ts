import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sumVat, vatWithin } from './vat.ts'

it.each([
  { gross: 120, rate: 20, vat: 20 },
  { gross: 999, rate: 20, vat: 167 },
  { gross: 105, rate: 5, vat: 5 },
  { gross: 420, rate: 0, vat: 0 },
  { gross: 0, rate: 20, vat: 0 },
  // 1.5 pence is rounded up, 0.5 pence too.
  { gross: 9, rate: 20, vat: 2 },
  { gross: 3, rate: 20, vat: 1 },
])('$gross pence at $rate per cent hold $vat pence of VAT', ({ gross, rate, vat }) => {
  expect(vatWithin(gross, rate)).toBe(vat)
})

it('is within half a penny of the exact share', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 100_000_000 }),
      fc.constantFrom(0, 5, 20),
      (gross, rate) => {
        // In whole numbers: |vat - gross * rate / whole| <= 1/2.
        const whole = 100 + rate
        const distance = 2 * (vatWithin(gross, rate) * whole - gross * rate)
        expect(distance).toBeGreaterThan(-whole)
        expect(distance).toBeLessThanOrEqual(whole)
      },
    ),
  )
})

it('is summed by rate, each line rounded by itself', () => {
  const line = (totalPence: number, vatRate: number) =>
    ({ totalPence, product: { vatRate } }) as Parameters<typeof sumVat>[0][number]

  expect(sumVat([line(3, 20), line(420, 0), line(3, 20), line(0, 5)])).toEqual([
    { ratePercent: 0, grossPence: 420, vatPence: 0 },
    { ratePercent: 20, grossPence: 6, vatPence: 2 },
  ])
})
