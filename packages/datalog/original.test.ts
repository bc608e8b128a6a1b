import { expect, test } from 'vitest'
import {
  addFact,
  addRule,
  assert,
  clearIdb,
  magicQuery,
  program,
  query,
  retract,
  saturate,
  setStrategy,
} from './original.ts'

test('retracting a fact that was never asserted leaves a mixed relation as it was', () => {
  const db = program('p(a). p(b). p(X) :- q(X). q(c).')
  retract(db, 'p(z)')
  expect(query(db, 'p(X)')).toEqual([{ X: 'a' }, { X: 'b' }, { X: 'c' }])
})

test('asserting, retracting and clearing keep what follows right', () => {
  const db = program()
  addRule(db, 'reach(X, Y) :- edge(X, Y). reach(X, Z) :- reach(X, Y), edge(Y, Z).')
  addFact(db, 'edge(a, b)')
  assert(db, 'edge(b, c).')
  clearIdb(db)
  expect(saturate(db)).toMatchObject({ edge: 2, reach: 3 })
  retract(db, 'edge(a, b)')
  expect(query(db, '?- reach(X, Y), not(edge(Y, X)).')).toEqual([{ X: 'b', Y: 'c' }])
})

test('a magic query equals a plain one, with aggregates over derived relations', () => {
  const db = program(`
    reach(X, Y) :- edge(X, Y).
    reach(X, Z) :- reach(X, Y), edge(Y, Z).
    size(X, N) :- edge(X, _), count(N, Y, reach(X, Y)).
    edge(a, b). edge(b, c). edge(c, a). edge(d, a).
  `)
  for (const goals of ['size(a, N)', 'size(X, 3), reach(d, X)', 'reach(X, a)']) {
    const plain = new Set(query(db, goals).map((row) => JSON.stringify(row)))
    expect(new Set(magicQuery(db, goals).map((row) => JSON.stringify(row)))).toEqual(plain)
  }
  setStrategy(db, 'magic')
  expect(query(db, 'size(a, N)')).toEqual([{ N: 3 }])
})

test('what is not one fact is said', () => {
  const db = program()
  expect(() => assert(db, 'p(X)')).toThrow('X')
  expect(() => assert(db, 'p(a). q(b)')).toThrow('not one fact')
})
