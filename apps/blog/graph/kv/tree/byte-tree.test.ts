import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ByteTree } from './byte-tree.ts'

const past = Buffer.from([0xff])

function contents(tree: ByteTree, from = Buffer.alloc(0), to = past): [string, number][] {
  const found: [string, number][] = []
  tree.forRange(from, to, (key, value) => {
    found.push([key.toString('latin1'), value])
    return false
  })
  return found
}

/** Alike for long, so that much is shared, and sometimes longer than a page. */
const key = fc
  .record({
    first: fc.constantFrom('', 'a', 'post:', 'x'.repeat(250), 'x'.repeat(260), 'y'.repeat(1500)),
    middle: fc.nat(40),
    last: fc.constantFrom('', '\0', 'b', 'b\0', 'z'.repeat(300)),
  })
  .map(({ first, middle, last }) => Buffer.from(`${first}${middle}${last}`, 'latin1'))
const value = fc.constantFrom(0, 1, 254, 255, 256, 70_000, 2 ** 31 - 1)
const operation = fc.record({ key, value, isDeletion: fc.boolean() })

describe('a tree of bytes', () => {
  test('has what a map would have after the same changes, in the order of the keys', () => {
    const operations = fc.array(operation, { maxLength: 150, size: 'max' })
    const law = fc.property(operations, key, key, (operations, from, to) => {
      const tree = new ByteTree()
      const map = new Map<string, number>()
      for (const { key, value, isDeletion } of operations) {
        const text = key.toString('latin1')
        if (tree.get(key) !== (map.get(text) ?? -1)) throw new Error(`before ${text}`)
        tree.update(key, (before) => {
          if (before !== (map.get(text) ?? -1)) throw new Error(`at ${text}`)
          return isDeletion ? -1 : value
        })
        if (isDeletion) map.delete(text)
        else map.set(text, value)
        if (tree.get(key) !== (map.get(text) ?? -1)) throw new Error(`after ${text}`)
      }
      const all = [...map].sort(([one], [other]) => (one < other ? -1 : 1))
      expect(contents(tree)).toEqual(all)
      const [first, last] = [from.toString('latin1'), to.toString('latin1')]
      expect(contents(tree, from, to)).toEqual(all.filter(([key]) => key >= first && key < last))
    })
    fc.assert(law, { numRuns: 100 })
  })

  test('keeps many keys, and gives their memory back', () => {
    const tree = new ByteTree()
    const keys = Array.from({ length: 8000 }, (_, n) => Buffer.from(`key ${(n * 7919) % 8000}`))
    for (const [n, key] of keys.entries()) tree.update(key, () => n)
    expect(keys.every((key, n) => tree.get(key) === n)).toBe(true)
    const { bytes } = tree
    expect(bytes).toBeLessThan(500_000)
    expect(contents(tree)).toHaveLength(8000)
    for (const key of keys) tree.update(key, () => -1)
    expect(contents(tree)).toEqual([])
    for (const [n, key] of keys.entries()) tree.update(key, () => n)
    expect(contents(tree)).toHaveLength(8000)
    expect(tree.bytes).toBe(bytes)
  })

  test('stops when enough has been seen', () => {
    const tree = new ByteTree()
    for (let n = 0; n < 1000; n += 1) tree.update(Buffer.from(String(n)), () => n)
    let seen = 0
    tree.forRange(Buffer.alloc(0), past, () => (seen += 1) === 10)
    expect(seen).toBe(10)
  })
})
