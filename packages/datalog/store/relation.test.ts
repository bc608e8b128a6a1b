import { describe, expect, it } from 'vitest'
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

describe('pairs of very many values with few, which are far apart', () => {
  const lefts = 90_000
  const typesOf = (left: number) => [left % 17, (left + 5) % 17, (left + 11) % 17]
  const codeOf = (type: number) => type * 9002 + 301

  function fill(): Relation {
    const relation = new Relation('r', 2)
    for (let left = 0; left < lefts; left += 1)
      for (const type of typesOf(left))
        relation.state[relation.putPair(left * 2, codeOf(type))] = isOld | isNew | isAsserted
    expect(relation.table.grid?.few).toBeDefined()
    return relation
  }

  function expectAll(relation: Relation, isThere: (left: number, type: number) => boolean): void {
    let wrong = 0
    for (let left = 0; left < lefts; left += 7)
      for (let type = 0; type < 30; type += 1) {
        const row = relation.table.findPair(left * 2, codeOf(type))
        const isRight =
          row < 0 ||
          (relation.columns[0]![row] === left * 2 && relation.columns[1]![row] === codeOf(type))
        if (!isRight || row >= 0 !== isThere(left, type)) wrong += 1
      }
    expect(wrong).toBe(0)
  }

  it('are found, and no others', () => {
    expectAll(fill(), (left, type) => typesOf(left).includes(type))
  })

  it('are found while more values come, one by one', () => {
    const relation = fill()
    for (let type = 17; type < 30; type += 1)
      for (let left = type; left < lefts; left += 100)
        relation.state[relation.putPair(left * 2, codeOf(type))] = isOld | isNew | isAsserted
    expectAll(relation, (left, type) =>
      type < 17 ? typesOf(left).includes(type) : left >= type && (left - type) % 100 === 0,
    )
  })

  it('are gone when they are erased, and come again in the place of others', () => {
    const relation = fill()
    for (let left = 0; left < lefts; left += 2)
      relation.erase(relation.table.findPair(left * 2, codeOf(left % 17)))
    expectAll(
      relation,
      (left, type) => typesOf(left).includes(type) && (left % 2 === 1 || type !== left % 17),
    )
    for (let left = 0; left < lefts; left += 2)
      relation.state[relation.putPair(left * 2, codeOf(left % 17))] = isOld | isNew | isAsserted
    expectAll(relation, (left, type) => typesOf(left).includes(type))
  })
})
