import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answerText } from './answers.ts'
import { ask, evaluate } from './evaluation.ts'
import { parseFact, parseFacts } from './facts.ts'
import { sortRows } from './rows.ts'
import { type Change, createSession, type Session } from './session.ts'
import { writeFact } from './write.ts'

const rules = `
  path(X, Y) :- edge(X, Y).
  path(X, Z) :- path(X, Y), edge(Y, Z).
  lonely(X) :- node(X), not path(X, _).
  size(N) :- N = count{ X, Y : path(X, Y) }.
`

function everything({ database }: Session): object {
  const names = Object.keys(database.stats().relations)
  const filled = names.map((name) => [name, sortRows(database.rows(name))] as const)
  return Object.fromEntries(filled.filter(([, rows]) => rows.length > 0))
}

describe('undo', () => {
  test('of any changes, one after another, leads back through every state there was', () => {
    const name = fc.constantFrom('a', 'b', 'c')
    const fact = fc.oneof(
      fc.tuple(name, name).map((row) => ({ relation: 'edge', row })),
      fc.tuple(name).map((row) => ({ relation: 'node', row })),
      // A relation that is derived as well.
      fc.tuple(name, name).map((row) => ({ relation: 'path', row })),
    )
    const change: fc.Arbitrary<Change> = fc.record({ sign: fc.constantFrom('+', '-'), fact })
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.array(change, { minLength: 1, maxLength: 4 }) },
      { weight: 1, arbitrary: fc.constantFrom('path(X, X) :- node(X).', 'node(X) :- edge(X, _).') },
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const session = createSession({ compile: false })
        session.add(rules)
        const states: object[] = []
        for (const next of steps) {
          states.push(everything(session))
          if (typeof next === 'string') session.add(next)
          else session.change(next)
        }
        for (const state of states.toReversed()) {
          session.undo()
          expect(everything(session)).toEqual(state)
        }
      }),
      { numRuns: 100 },
    )
  })

  test('where nothing was done does nothing', () => {
    const session = createSession()
    expect(session.undo()).toBeUndefined()
    session.add('p(a).')
    session.reset()
    expect(session.undo()).toBeUndefined()
    expect(everything(session)).toEqual({})
  })

  test('of what failed is not possible: it was never done', () => {
    const session = createSession()
    session.add('p(a).')
    expect(() => session.add('p(b). q(X) :- p(Y).')).toThrow(/unsafe/)
    expect(() => session.change([{ sign: '+', fact: parseFact('p(a, b).') }])).toThrow(/arity/)
    expect(session.undo()?.factCount).toBe(1)
    expect(everything(session)).toEqual({})
  })
})

describe('answers', () => {
  const session = createSession()
  session.add('p(b, 2). p(a, 10). p(a, 9). q(a). n(X) :- p(X, _).')
  const asked = (text: string) => {
    const { columns, rows, holds } = answerText(session.database, text)
    return { columns, rows, holds }
  }

  test('have the variables as columns, whatever the query looks like', () => {
    const rows = [['a'], ['b']]
    expect(asked('p(X, _)')).toEqual({ columns: ['X'], rows, holds: true })
    expect(asked('?- p(X, N), N < 10.')).toEqual({
      columns: ['X', 'N'],
      rows: [
        ['a', 9],
        ['b', 2],
      ],
      holds: true,
    })
    expect(asked('p(X, N), M = N - 1, N < 3')).toEqual({
      columns: ['X', 'N', 'M'],
      rows: [['b', 2, 1]],
      holds: true,
    })
    expect(asked('N = count{ X : p(X, _) }')).toEqual({ columns: ['N'], rows: [[2]], holds: true })
    expect(asked('p(X, X)')).toEqual({ columns: ['X'], rows: [], holds: false })
    expect(asked('n(X), not q(X)')).toEqual({ columns: ['X'], rows: [['b']], holds: true })
  })

  test('of a question without variables are yes or no', () => {
    expect(asked('p(a, 10)')).toEqual({ columns: [], rows: [], holds: true })
    expect(asked('p(a, "10")')).toEqual({ columns: [], rows: [], holds: false })
    expect(asked('p(a, _), q(a)')).toEqual({ columns: [], rows: [], holds: true })
  })

  test('of a program keep their places, and one that is wrong leaves the others alone', () => {
    const text = 'r(a).\n?- r(X).\n?- r(X), X < Y.\n?- r(a).\n'
    const fresh = createSession()
    const found = evaluate(fresh, { text, queries: fresh.add(text).queries }, 10)
    expect(found.answers.map((answer) => answer.text)).toEqual(['r(X)', 'r(a)'])
    expect(found.problems).toMatchObject([
      { code: 'unsafe', span: { line: 3, start: text.indexOf('Y') } },
    ])
    expect(ask(fresh, '  ')).toEqual({ value: undefined, problems: [] })
    expect(ask(fresh, 'r(').problems).toMatchObject([{ code: 'syntax' }])
  })
})

describe('an overview', () => {
  test('has derived relations first, columns as rules call them, and at most so many rows', () => {
    const session = createSession()
    session.add('e(b, 1). e(a, 2). f(c, 3). p(From, N) :- e(From, N), N > 0. odd.')
    const { relations } = evaluate(session, { text: '', queries: [] }, 1)
    const [first] = relations
    expect(first).toMatchObject({ name: 'p', count: 2, columns: ['From', 'N'], rows: [['a', 2]] })
    const byName = new Map(relations.map((relation) => [relation.name, relation]))
    expect(byName.get('e')).toMatchObject({ kind: 'asserted', columns: ['From', 'N'] })
    expect(byName.get('f')?.columns).toEqual(['1', '2'])
    expect(byName.get('odd')).toMatchObject({ count: 1, columns: [], rows: [[]] })
  })
})

describe('facts', () => {
  test('are read as they are written', () => {
    const text = `p(a, "B b", -3, 1.5). 'Odd one'("it's"). z.`
    const facts = parseFacts(text)
    expect(facts.map(writeFact)).toEqual(['p(a, "B b", -3, 1.5)', `'Odd one'("it's")`, 'z'])
    expect(parseFacts(facts.map((fact) => `${writeFact(fact)}.`).join('\n'))).toEqual(facts)
  })

  test('with variables, bodies or companions are refused', () => {
    expect(() => parseFact('p(X).')).toThrow(/X in the fact p has no value/)
    expect(() => parseFact('p(a) :- q(a).')).toThrow(/A fact is needed/)
    expect(() => parseFact('?- p(a).')).toThrow(/A fact is needed/)
    expect(() => parseFact('p(a). p(b).')).toThrow(/One fact at a time/)
    expect(() => parseFact('')).toThrow(/A fact is needed/)
  })
})
