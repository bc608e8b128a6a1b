import { expect, it } from 'vitest'
import { createRandom } from '../testing/random.ts'
import { Relation } from './relation.ts'
import { isAsserted, isNew, isOld } from './state.ts'

// Where rows are found changes with how close together their codes are, and how many rows there are.

type Draw = (step: number, below: (limit: number) => number) => number[]

const draws: Record<string, Draw> = {
  'pairs of few values': (_, below) => [below(40) * 2, below(40) * 2],
  'pairs of few values below zero': (_, below) => [below(40) * 2 - 60, 0 - below(40) * 2],
  'pairs of text': (_, below) => [below(40) * 2 + 1, below(40) * 2 + 1],
  'pairs of numbers and text': (_, below) => [below(50), below(30) * 2],
  'pairs of many values': (_, below) => [below(2 ** 29) * 2, below(2 ** 29) * 2],
  'pairs of values that grow': (step, below) => [step * 2, below(10) * 2],
  'pairs of values that fall': (step, below) => [below(10) * 2, 0 - step * 2],
  'pairs of few values and then of any': (step, below) =>
    step < 2000
      ? [below(40) * 2, below(40) * 2]
      : [(below(2 ** 30) - 2 ** 29) * 4, (below(2 ** 30) - 2 ** 29) * 4],
  'pairs of few values at the ends': (_, below) => [
    below(2) === 0 ? -(2 ** 31) + below(20) * 2 : 2 ** 31 - 2 - below(20) * 2,
    below(20) * 2,
  ],
  'pairs of many and few far apart': (_, below) => [below(600) * 2, below(9) * 9002 + 5],
  'pairs of many and ever more far apart': (step, below) => [
    below(600) * 2,
    below(3 + (step >> 7)) * 9002 + 5,
  ],
  'pairs of many that grow and few far apart': (step, below) => [step * 2, below(5) * 70_000],
  'pairs of many and few far apart, and then before them': (step, below) => [
    below(600) * 2,
    below(9) * 9002 - (step > 2000 ? 400_000 : 0),
  ],
  'one column': (_, below) => [below(500)],
  'three columns': (_, below) => [below(12), below(12), below(12)],
}

it.each(Object.entries(draws))('rows are found while they come and go: %s', (_, draw) => {
  const random = createRandom(5)
  const relation = new Relation('r', draw(0, () => 0).length)
  const kept = new Map<string, readonly number[]>()
  const find = (key: readonly number[]) => {
    relation.key.set(key)
    const row = relation.find()
    if (row >= 0) expect(relation.columns.map((column) => column[row])).toEqual(key)
    return row
  }
  for (let step = 0; step < 4000; step += 1) {
    const key = draw(step, (limit) => random.below(limit))
    expect(find(key) >= 0).toBe(kept.has(key.join()))
    // More come than go, then more go than come.
    if (random.below(4) < (step % 1500 < 1000 ? 3 : 1)) {
      relation.key.set(key)
      relation.state[relation.put()] = isOld | isNew | isAsserted
      kept.set(key.join(), key)
    } else if (kept.size > 0) {
      const [text, gone] = random.pick([...kept])
      relation.erase(find(gone))
      kept.delete(text)
    }
    if (step % 500 === 0) relation.compact()
    expect(relation.size).toBe(kept.size)
  }
  for (const key of kept.values()) expect(find(key)).toBeGreaterThanOrEqual(0)
  relation.clear()
  for (const key of kept.values()) expect(find(key)).toBe(-1)
})
