/** A source of numbers that gives the same sequence for the same seed, on every machine. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number
  between(low: number, high: number): number
  integer(low: number, high: number): number
  chance(probability: number): boolean
  pick<Item>(items: readonly Item[]): Item
}

/** Mulberry32 over a hash of the seed. */
export function createRandom(seed: string): Random {
  let state = hashText(seed)
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const between = (low: number, high: number): number => low + next() * (high - low)
  const integer = (low: number, high: number): number => Math.floor(between(low, high + 1))
  return {
    next,
    between,
    integer,
    chance: (probability) => next() < probability,
    pick: (items) => {
      const item = items[Math.floor(next() * items.length)]
      if (item === undefined) throw new Error('Nothing to pick from: the list is empty')
      return item
    },
  }
}

/** A smooth random curve of one variable, roughly between -1 and 1. */
export function createWave(random: Random): (x: number) => number {
  const parts = [1, 2.1, 4.3, 9.1].map((frequency, index) => ({
    frequency,
    phase: random.between(0, Math.PI * 2),
    weight: 0.6 / 1.9 ** index,
  }))
  return (x) =>
    parts.reduce((sum, part) => sum + part.weight * Math.sin(x * part.frequency + part.phase), 0)
}

function hashText(text: string): number {
  let hash = 2166136261
  for (const character of text) {
    hash ^= character.codePointAt(0) ?? 0
    hash = Math.imul(hash, 16777619)
  }
  return hash >>> 0
}
