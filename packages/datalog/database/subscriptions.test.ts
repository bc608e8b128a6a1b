import { describe, expect, test } from 'vitest'
import { type Change, datalog, type Value } from '../index.ts'

describe('subscribers', () => {
  function listen(query: string) {
    const db = datalog()
    db.rules('reach(X, Y) :- edge(X, Y). reach(X, Z) :- reach(X, Y), edge(Y, Z).')
    const changes: Change<readonly Value[]>[] = []
    const off = db.subscribe<readonly Value[]>(query, (change) => changes.push(change))
    return { db, changes, off }
  }

  test('are told the net change of one goal, once a transaction', () => {
    const { db, changes, off } = listen('reach(a, X)')
    db.load({
      edge: [
        ['a', 'b'],
        ['b', 'c'],
        ['x', 'y'],
      ],
    })
    db.tx((t) => {
      t.retract('edge', ['b', 'c'])
      t.insert('edge', ['b', 'c'])
    })
    db.tx((t) => t.retract('edge', ['a', 'b']))
    off()
    db.tx((t) => t.insert('edge', ['a', 'z']))
    expect(changes).toEqual([
      {
        added: [
          ['a', 'b'],
          ['a', 'c'],
        ],
        removed: [],
      },
      {
        added: [],
        removed: [
          ['a', 'b'],
          ['a', 'c'],
        ],
      },
    ])
  })

  test('are told of a conjunction with negation', () => {
    const { db, changes } = listen('reach(X, Y), not blocked(Y, _)')
    db.load({ edge: [['a', 'b']] })
    db.tx((t) => t.insert('blocked', ['b', 1]))
    db.tx((t) => t.insert('blocked', ['b', 2]))
    db.tx((t) => t.retract('blocked', ['b', 1]))
    db.tx((t) => t.retract('blocked', ['b', 2]))
    expect(changes.map(({ added, removed }) => [added.length, removed.length])).toEqual([
      [1, 0],
      [0, 1],
      [1, 0],
    ])
  })

  test('are told what a change of the rules made of their question', () => {
    const { db, changes } = listen('reach(a, X)')
    db.load({ edge: [['a', 'b']], link: [['a', 'c']] })
    db.rules('edge(X, Y) :- link(X, Y).')
    expect(changes.at(-1)).toEqual({ added: [['a', 'c']], removed: [] })
  })

  test('may write: their change is done at once and told after the one before', () => {
    const { db, changes } = listen('edge(X, Y)')
    db.subscribe<readonly Value[]>('edge(a, X)', ({ added }) => {
      for (const [, end] of added) db.tx((t) => t.insert('edge', [end as Value, 'end']))
    })
    db.tx((t) => t.insert('edge', ['a', 'b']))
    expect(changes.map(({ added }) => added)).toEqual([[['a', 'b']], [['b', 'end']]])
  })

  test('one that throws keeps neither the writer nor the others from theirs', () => {
    const seen: unknown[] = []
    const db = datalog(undefined, { onSubscriberError: (error) => seen.push(error) })
    const failure = new Error('no')
    db.subscribe('p(X)', () => {
      throw failure
    })
    db.subscribe('p(X)', (change) => seen.push(change))
    expect(db.tx((t) => t.insert('p', [1])).added).toEqual({ p: [[1]] })
    expect(seen).toEqual([failure, { added: [[1]], removed: [] }])
  })
})
