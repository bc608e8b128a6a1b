/** A stream of numbers that is the same for the same seed. */
export interface Random {
  /** A whole number from 0 to `limit - 1`. */
  below(limit: number): number
  chance(probability: number): boolean
  pick<Item>(items: readonly Item[]): Item
  /** Some of the items, each at most once, in their order. */
  some<Item>(items: readonly Item[], count: number): readonly Item[]
}

const golden = 0x9e3779b1

/** A counter whose bits are mixed by multiplication; good enough to make test cases, and no more. */
export function createRandom(seed: number): Random {
  let state = Math.imul(seed, golden) ^ 0x5bf03635
  const next = () => {
    state = (state + golden) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d)
    mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    below,
    chance: (probability) => next() < probability,
    pick: (items) => {
      if (items.length === 0) throw new RangeError('There is nothing to pick from.')
      return items[below(items.length)]!
    },
    some: (items, count) => {
      const left = [...items.keys()]
      const chosen: number[] = []
      while (chosen.length < count && left.length > 0)
        chosen.push(...left.splice(below(left.length), 1))
      return chosen.sort((one, other) => one - other).map((index) => items[index]!)
    },
  }
}
