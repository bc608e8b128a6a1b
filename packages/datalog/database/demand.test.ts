import { describe, expect, test } from 'vitest'
import { datalog, type Value } from '../index.ts'
import { errorOf } from './test-errors.ts'

describe('relations on demand', () => {
  const rules = 'path(X, Y) :- edge(X, Y). path(X, Z) :- path(X, Y), edge(Y, Z).'

  test('keep no rows, and answer as if they did', () => {
    const db = datalog(undefined, { demand: ['path'] })
    db.rules(rules)
    db.load({
      edge: [
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'a'],
      ],
      path: [['x', 'a']],
    })
    expect(db.stats().relations['path']).toMatchObject({ kind: 'demand', rows: 1, asserted: 1 })
    expect(db.query('path(x, Y)')).toHaveLength(3)
    expect(db.query('path(X, b), edge(X, Y)')).toHaveLength(3)
    expect(db.has('path', ['b', 'b'])).toBe(true)
    db.tx((t) => t.retract('edge', ['c', 'a']))
    expect(db.has('path', ['b', 'b'])).toBe(false)
    expect(db.explain('path', ['x', 'c'])?.children).toHaveLength(2)
  })

  test('one that a materialised relation reads is kept', () => {
    const db = datalog(undefined, { demand: ['path'] })
    db.rules(`${rules} far(X) :- path(_, X).`)
    db.load({ edge: [['a', 'b']] })
    expect(db.rows('far')).toEqual([['b']])
  })

  test('external rows are pulled by what is known, once a question', () => {
    const asked: unknown[] = []
    const stored = [
      ['a', 'b'],
      ['b', 'c'],
      ['z', 'a'],
    ]
    const edge = {
      arity: 2,
      rows: (bound: readonly (Value | undefined)[]) => {
        asked.push(bound)
        return stored.filter(([from]) => bound[0] === undefined || from === bound[0])
      },
    }
    const db = datalog(undefined, { demand: ['path'], external: { edge } })
    db.rules(rules)
    expect(db.query('path(a, Y)')).toEqual([
      ['a', 'b'],
      ['a', 'c'],
    ])
    expect(asked).toEqual([
      ['a', undefined],
      ['b', undefined],
      ['c', undefined],
    ])
    expect(errorOf(() => db.tx((t) => t.insert('edge', ['q', 'r']))).message).toContain('edge')
    expect(errorOf(() => db.rules('two(X) :- edge(X, _).')).message).toContain('edge')
  })

  describe('whose last atom hands the question on', () => {
    const onward = 'path(X, Y) :- edge(X, Y). path(X, Z) :- edge(X, Y), path(Y, Z).'
    const chain = Array.from({ length: 1000 }, (_, node) => [node, node + 1] as const)

    test('look at each node once, not at each pair', () => {
      const db = datalog(undefined, { demand: ['path'], maxDerivations: 5000 })
      db.rules(onward)
      db.load({ edge: chain })
      expect(db.query('path(0, Y)')).toHaveLength(1000)
      expect(db.query('path(X, 1000)')).toHaveLength(1000)
    })

    test('end with the first answer when no more is asked', () => {
      const db = datalog(undefined, { demand: ['path'], maxDerivations: 100 })
      db.rules(onward)
      db.load({ edge: chain })
      expect(db.has('path', [500, 510])).toBe(true)
      expect(errorOf(() => db.has('path', [500, 400])).message).toContain('maxDerivations')
    })

    test('answer right when the chain is asked from elsewhere too, or what it hands on is looked at', () => {
      const rules = `${onward}
        path(X, Y) :- twice(X, Y).
        twice(X, Z) :- path(X, Y), jump(Y, Z).
        even(X, Z) :- edge(X, Y), edge(Y, Z).
        even(X, Z) :- edge(X, Y), odd(Y, Z), marked(Z).
        odd(X, Z) :- edge(X, Z).
        odd(X, Z) :- edge(X, Y), even(Y, Z).
        low(X, Y) :- edge(X, Y).
        low(X, Z) :- edge(X, Y), low(Y, Z), Z < 20.`
      const facts = { edge: chain.slice(0, 30), jump: [[7, 90]], marked: [[4]] } as const
      const kept = datalog()
      const asked = datalog(undefined, { demand: ['path', 'twice', 'even', 'odd', 'low'] })
      for (const db of [kept, asked]) {
        db.rules(rules)
        db.load(facts)
      }
      for (const goal of ['path(3, Y)', 'path(X, 90)', 'twice(2, Y)', 'even(0, Y)', 'low(5, Y)'])
        expect(new Set(asked.query(goal)), goal).toEqual(new Set(kept.query(goal)))
      expect(asked.has('low', [5, 25])).toBe(false)
    })
  })
})
