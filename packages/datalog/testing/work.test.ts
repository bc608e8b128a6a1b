import { describe, expect, it } from 'vitest'
import { datalog } from '../index.ts'
import { createRandom, type Random } from './random.ts'

type Edge = readonly [number, number]

const closure = `
  path(X, Y) :- edge(X, Y).
  path(X, Z) :- path(X, Y), edge(Y, Z).`

function closureOf(edges: readonly Edge[]) {
  const db = datalog()
  db.rules(closure)
  db.load({ edge: edges })
  return db
}

function distinctEdges(count: number, draw: () => Edge): readonly Edge[] {
  const edges = new Map<string, Edge>()
  while (edges.size < count) {
    const edge = draw()
    if (edge[0] !== edge[1]) edges.set(edge.join(), edge)
  }
  return [...edges.values()]
}

/** With half as many edges again as nodes, most of them are in one strongly connected component. */
function cyclicGraph(random: Random): readonly Edge[] {
  return distinctEdges(450, () => [random.below(300), random.below(300)])
}

function acyclicGraph(random: Random): readonly Edge[] {
  return distinctEdges(2400, () => {
    const pair = [random.below(2000), random.below(2000)].sort((one, other) => one - other)
    return [pair[0]!, pair[1]!]
  })
}

/** Facts looked at for each fact that really went, over 100 retracts. */
function workOfRetracts(edges: readonly Edge[], random: Random): number {
  const db = closureOf(edges)
  let touched = 0
  let changed = 0
  for (const edge of random.some(edges, 100)) {
    db.tx((transaction) => transaction.retract('edge', edge))
    touched += db.stats().touched
    changed += db.stats().changed
  }
  expect(changed).toBeGreaterThan(100)
  return touched / changed
}

describe('facts touched for each fact that changes', () => {
  it('are at most 6 for retracts on a graph with a giant cycle', () => {
    const random = createRandom(1)
    expect(workOfRetracts(cyclicGraph(random), random)).toBeLessThanOrEqual(6)
  })

  it('are at most 1.5 for retracts on a graph without cycles', () => {
    const random = createRandom(2)
    expect(workOfRetracts(acyclicGraph(random), random)).toBeLessThanOrEqual(1.5)
  })

  it('are as many in a graph ten times as big', () => {
    const touched = [100, 1000].map((chains) => {
      const edges = Array.from({ length: chains }, (_, chain): readonly Edge[] =>
        Array.from({ length: 5 }, (_, step) => [chain * 10 + step, chain * 10 + step + 1]),
      ).flat()
      const db = closureOf(edges)
      db.tx((transaction) => transaction.insert('edge', [5, 7]))
      const inserted = db.stats().touched
      db.tx((transaction) => transaction.retract('edge', [2, 3]))
      return [inserted, db.stats().touched]
    })
    expect(touched[0]![0]).toBeGreaterThan(5)
    expect(touched[1]).toEqual(touched[0])
  })
})

it('memory is given back when facts go, also of text that nothing else has', () => {
  const db = datalog()
  db.rules('long(X) :- note(X, _), not short(X).')
  const note = Array.from({ length: 40_000 }, (_, index) => [`note ${index}`, `text ${index}`])
  const before = db.stats()
  db.load({ note })
  const full = db.stats()
  expect(full.values).toBeGreaterThanOrEqual(80_000)
  db.tx((transaction) => {
    for (const row of note) transaction.retract('note', row)
  })
  const after = db.stats()
  expect(db.rows('long')).toEqual([])
  expect(after.values).toBeLessThanOrEqual(before.values + 10)
  expect(after.bytes).toBeLessThan(before.bytes + full.bytes / 50)
})

it('memory is given back over many small writes of unique text', () => {
  const db = datalog()
  db.rules('long(X) :- note(X), not short(X).')
  db.tx((transaction) => transaction.insert('note', ['first']))
  const before = db.stats()
  for (let index = 0; index < 6000; index++) {
    db.tx((transaction) => {
      transaction.insert('note', [`note ${index}`])
      if (index > 0) transaction.retract('note', [`note ${index - 1}`])
    })
  }
  const after = db.stats()
  expect(after.values).toBeLessThan(before.values + 1000)
  expect(after.bytes).toBeLessThan(before.bytes + 100_000)
})
