import { expect, it } from 'vitest'
import { datalog } from '../index.ts'
import type { Row } from './naive-values.ts'
import { createRandom, type Random } from './random.ts'

// Random programs are small; here relations grow, lose nearly all their rows and grow again, which moves
// rows, tables, indexes and the text that nothing holds any more.

const rules = `
  path(X, Y) :- edge(X, Y).
  path(X, Z) :- path(X, Y), edge(Y, Z).
  reach(X, N) :- edge(X, _), N = count{ Y : path(X, Y) }.
  last(Y) :- edge(_, Y), not edge(Y, _).
  twice(X, Z) :- edge(X, Y), edge(Y, Z).`

type Edges = Map<string, readonly [string, string]>

/** What the rules mean, by walking the graph. */
function answers(edges: Edges): Record<string, readonly string[]> {
  const next = new Map<string, string[]>()
  for (const [from, to] of edges.values()) next.set(from, [...(next.get(from) ?? []), to])
  const path: Row[] = []
  const reach: Row[] = []
  const twice: Row[] = []
  for (const [from, direct] of next) {
    const seen = new Set(direct)
    for (const node of seen) for (const to of next.get(node) ?? []) seen.add(to)
    path.push(...[...seen].map((to) => [from, to]))
    reach.push([from, seen.size])
    twice.push(...direct.flatMap((node) => next.get(node) ?? []).map((to) => [from, to]))
  }
  const last = [...edges.values()].filter(([, to]) => !next.has(to)).map(([, to]) => [to])
  return { path: keys(path), reach: keys(reach), twice: keys(twice), last: keys(last) }
}

function keys(rows: readonly unknown[]): readonly string[] {
  return [...new Set(rows.map((row) => JSON.stringify(row)))].sort()
}

/** Names of this round only, so that text comes and goes with its edges. */
function newEdges(
  random: Random,
  round: number,
  count: number,
): readonly (readonly [string, string])[] {
  const node = () => `node ${round}.${random.below(Math.ceil(count * 1.1))}`
  return Array.from({ length: count }, () => [node(), node()] as const)
}

it.each([true, false])(
  'relations that grow and shrink by thousands of rows stay right, compile: %s',
  { timeout: 30_000 },
  (compile) => {
    const random = createRandom(7)
    const db = datalog(undefined, { compile })
    db.rules(rules)
    const edges: Edges = new Map()
    const change = (added: readonly (readonly [string, string])[], removed: typeof added) => {
      db.tx((transaction) => {
        for (const edge of removed) {
          transaction.retract('edge', edge)
          edges.delete(edge.join('>'))
        }
        for (const edge of added) {
          transaction.insert('edge', edge)
          edges.set(edge.join('>'), edge)
        }
      })
      const expected = answers(edges)
      for (const [name, rows] of Object.entries(expected)) {
        expect(keys(db.rows(name)), name).toEqual(rows)
      }
    }
    for (let round = 0; round < 5; round++) {
      change(newEdges(random, round, 1500), [])
      for (let step = 0; step < 5; step++) {
        change(newEdges(random, round, 2), random.some([...edges.values()], 2))
      }
      // All but a few, then what is left of the round before.
      change([], random.some([...edges.values()], edges.size - 20))
      for (let step = 0; step < 5; step++) {
        change(newEdges(random, round, 20), random.some([...edges.values()], 10))
      }
    }
    change([], [...edges.values()])
    const { relations } = db.stats()
    expect(Object.values(relations).map(({ rows }) => rows)).toEqual([0, 0, 0, 0, 0])
  },
)
