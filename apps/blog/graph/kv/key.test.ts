import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeKey, encodeKey, type Key, keyRange } from './key.ts'

const part = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }).filter((text) => text.isWellFormed()),
  fc.constantFrom('', 'a', 'a\0', 'a\0b', 'b', '|', 'ÿ'),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
  fc.integer({ min: -3, max: 3 }),
)
const key = fc.array(part, { maxLength: 4 })

/** As the documentation says it, part by part. */
function compareKeys(left: Key, right: Key): number {
  for (let place = 0; place < Math.min(left.length, right.length); place += 1) {
    const [one, other] = [left[place]!, right[place]!]
    if (typeof one === 'number' && typeof other === 'number') {
      if (one !== other) return one - other
    } else if (typeof one === 'string' && typeof other === 'string') {
      const order = Buffer.compare(Buffer.from(one), Buffer.from(other))
      if (order !== 0) return order
    } else return typeof one === 'number' ? -1 : 1
  }
  return left.length - right.length
}

describe('a key', () => {
  test('is what its bytes are read as', () => {
    const law = fc.property(key, (key) => {
      expect(decodeKey(encodeKey(key))).toEqual(key)
    })
    fc.assert(law)
  })

  test('has bytes in the order of keys', () => {
    const law = fc.property(key, key, (left, right) => {
      const order = Buffer.compare(encodeKey(left), encodeKey(right))
      expect(order).toBe(Math.sign(compareKeys(left, right)))
    })
    fc.assert(law, { numRuns: 2000 })
  })

  test('lies in the range of a prefix when it begins with it, and only then', () => {
    const law = fc.property(key, key, (prefix, other) => {
      const { start, end } = keyRange(prefix)
      const isIn = (key: Key) =>
        Buffer.compare(encodeKey(key), start) >= 0 && Buffer.compare(encodeKey(key), end) < 0
      expect(isIn([...prefix, ...other])).toBe(true)
      const begins = prefix.every((part, place) => Object.is(part, other[place]))
      expect(isIn(other)).toBe(begins)
    })
    fc.assert(law, { numRuns: 2000 })
  })

  test('of one text is not that of two which it holds', () => {
    expect(encodeKey(['a|b'])).not.toEqual(encodeKey(['a', 'b']))
    expect(encodeKey(['a', 'b'])).not.toEqual(encodeKey(['a\0b']))
  })

  test.each([[Number.NaN], [Number.POSITIVE_INFINITY], ['\ud800'], [null as never]])(
    'has no part %j',
    (part) => expect(() => encodeKey(['a', part])).toThrow(TypeError),
  )

  test.each(['03', '0100', '0261', '026100ff'])('is not read from %s', (hex) => {
    expect(() => decodeKey(Buffer.from(hex, 'hex'))).toThrow('a key')
  })
})
