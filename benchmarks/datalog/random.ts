export interface Random {
  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number
}

/** xorshift of 32 bits: the same numbers for the same seed, on every machine. */
export function createRandom(seed: number): Random {
  let state = (Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995) | 1
  const next = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
  for (let round = 0; round < 8; round += 1) next()
  return { below: (limit) => Math.floor((next() / 2 ** 32) * limit) }
}

export function shuffle<Item>(random: Random, items: readonly Item[]): Item[] {
  const shuffled = [...items]
  for (let index = shuffled.length - 1; index > 0; index -= 1) {
    const other = random.below(index + 1)
    const held = shuffled[index]!
    shuffled[index] = shuffled[other]!
    shuffled[other] = held
  }
  return shuffled
}
