import { expect, it } from 'vitest'
import { unitPriceOf } from './unit-price.ts'

it.each([
  {
    pricePence: 420,
    measureAmount: 800,
    measureUnit: 'g',
    expected: { pricePence: 525, unit: 'kg' },
  },
  {
    pricePence: 333,
    measureAmount: 750,
    measureUnit: 'ml',
    expected: { pricePence: 444, unit: 'litre' },
  },
  {
    pricePence: 250,
    measureAmount: 6,
    measureUnit: 'item',
    expected: { pricePence: 42, unit: 'item' },
  },
  // 12.5 pence is rounded up.
  {
    pricePence: 25,
    measureAmount: 2,
    measureUnit: 'item',
    expected: { pricePence: 13, unit: 'item' },
  },
  { pricePence: 690, measureAmount: 1000, measureUnit: 'g', expected: null },
  { pricePence: 200, measureAmount: 1, measureUnit: 'item', expected: null },
  { pricePence: 200, measureAmount: null, measureUnit: null, expected: null },
] as const)('$pricePence pence for $measureAmount $measureUnit', ({ expected, ...product }) => {
  expect(unitPriceOf(product)).toEqual(expected)
})
