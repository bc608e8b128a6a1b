import { expect, test } from 'vitest'
import { createPlaces } from './places.ts'

const { countryOf } = createPlaces()

test.each([
  ['193.0.6.139', 'NL'],
  ['2001:67c:2e8:22::c100:68b', 'NL'],
  ['::ffff:193.0.6.139', 'NL'],
  ['::ffff:10.0.0.1', ''],
  ['127.0.0.1', ''],
  ['192.168.1.20', ''],
  ['::1', ''],
  ['nonsense', ''],
  ['', ''],
])('%s is in “%s”', async (address, country) => {
  expect(await countryOf(address)).toBe(country)
})
