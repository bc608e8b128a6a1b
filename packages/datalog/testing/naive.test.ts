import { expect, it } from 'vitest'
import { parseProgram } from '../language/parser.ts'
import type { Row } from './naive-values.ts'
import { answer, assertedFacts, evaluate } from './naive.ts'

function rowsOf(relation: string, text: string): readonly Row[] {
  return evaluate(parseProgram(text)).get(relation)!.toSorted(byKey)
}

function byKey(one: Row, other: Row): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1
}

const graph = 'edge(a, b). edge(b, c). edge(c, a). edge(d, d).'

it.each([
  ['path(X, Y) :- edge(X, Y). path(X, Z) :- path(X, Y), edge(Y, Z).', 'linear'],
  ['path(X, Y) :- edge(X, Y). path(X, Z) :- path(X, Y), path(Y, Z).', 'non-linear'],
  ['path(X, Y) :- more(X, Y). path(X, Y) :- edge(X, Y). more(X, Z) :- edge(X, Y), path(Y, Z).', ''],
])('closure of a cycle has every pair: %s', (rules) => {
  expect(rowsOf('path', `${graph} ${rules}`)).toHaveLength(10)
})

it('negation with a wildcard means any', () => {
  expect(
    rowsOf('end', 'node(X) :- edge(_, X). edge(a, b). end(X) :- node(X), not edge(X, _).'),
  ).toEqual([['b']])
})

it('an asserted fact of a derived relation is there beside the derived ones', () => {
  expect(rowsOf('p', 'p(a). q(b). p(X) :- q(X).')).toEqual([['a'], ['b']])
})

it('facts given replace the facts in the text', () => {
  const program = parseProgram('q(a). p(X) :- q(X).')
  expect(assertedFacts(program)).toEqual(new Map([['q', [['a']]]]))
  expect(evaluate(program, new Map([['q', [[1]]]])).get('p')).toEqual([[1]])
})

it('a rule without positive literals holds on an empty database', () => {
  expect(rowsOf('p', 'p(a) :- not q(_).')).toEqual([['a']])
  expect(rowsOf('p', 'q(1). p(a) :- not q(_).')).toEqual([])
})

it('an empty group counts 0, sums to 0, collects nothing, and has no minimum', () => {
  const text = 'g(a). g(b). v(a, 3). v(a, -1).'
  const rule = (operator: string) => `${text} r(G, N) :- g(G), N = ${operator}{ X : v(G, X) }.`
  expect(rowsOf('r', rule('count'))).toEqual([
    ['a', 2],
    ['b', 0],
  ])
  expect(rowsOf('r', rule('sum'))).toEqual([
    ['a', 2],
    ['b', 0],
  ])
  expect(rowsOf('r', rule('collect'))).toEqual([
    ['a', [-1, 3]],
    ['b', []],
  ])
  expect(rowsOf('r', rule('min'))).toEqual([['a', -1]])
  expect(rowsOf('r', rule('max'))).toEqual([['a', 3]])
})

it('an aggregate is over distinct tuples', () => {
  const text = 'v(a, 3). v(b, 3). v(b, 4).'
  expect(rowsOf('r', `${text} r(N) :- N = sum{ X : v(_, X) }.`)).toEqual([[7]])
  expect(rowsOf('r', `${text} r(N) :- N = sum{ X, K : v(K, X) }.`)).toEqual([[10]])
  expect(rowsOf('r', `${text} r(N) :- N = count{ X : v(_, X) }.`)).toEqual([[2]])
})

it('two aggregates that share a local name have nothing to do with each other', () => {
  const rule = 'r(N, M) :- N = count{ X : p(X) }, M = count{ X : q(X) }.'
  expect(rowsOf('r', `p(a). p(b). q(c). ${rule}`)).toEqual([[2, 1]])
})

it('a variable outside the braces is the group, also where it is only compared inside', () => {
  const rule = 'r(X, N) :- v(X), N = count{ Y : v(Y), Y < X }.'
  expect(rowsOf('r', `v(1). v(5). v(9). ${rule}`)).toEqual([
    [1, 0],
    [5, 1],
    [9, 2],
  ])
})

it('integers divide toward zero and mod has the sign of the dividend', () => {
  const rule = 'r(A, B) :- v(X), A = X / 2, B = X mod 2.'
  expect(rowsOf('r', `v(7). v(-7). ${rule}`)).toEqual([
    [-3, -1],
    [3, 1],
  ])
})

it('numbers come before text, and 1 is not "1"', () => {
  const text = 'v(1). v("1"). v(a). v(10). v(9).'
  expect(rowsOf('r', `${text} r(X) :- v(X), X < "0".`)).toEqual([[10], [1], [9]])
  expect(rowsOf('r', `${text} r(X) :- v(X), X = 1.`)).toEqual([[1]])
  expect(rowsOf('r', `${text} r(M) :- M = max{ X : v(X) }.`)).toEqual([['a']])
})

it('arithmetic only meets bindings that the other literals allow', () => {
  const text = 'v(0). v(2). w(2). one(1).'
  expect(rowsOf('r', `${text} r(Y) :- Y = 4 / X, v(X), w(X).`)).toEqual([[2]])
  expect(() => rowsOf('r', `${text} r(Y) :- Y = 4 / X, v(X).`)).toThrow('4 / 0')
  expect(() => rowsOf('r', 'v(a). r(Y) :- v(X), Y = X + 1.')).toThrow('not numbers')
  expect(() => rowsOf('r', 'v(9007199254740991). r(Y) :- v(X), Y = X + 1.')).toThrow('exact')
})

it('what depends on its own negation is refused', () => {
  expect(() => rowsOf('p', 'p(X) :- q(X), not r(X). r(X) :- p(X).')).toThrow('unstratified')
})

it('a question gives the values of its variables as they first occur', () => {
  const { body } = parseProgram('?- q(Y, X), not p(X), Y < 3.').queries[0]!
  const relations = new Map([
    [
      'q',
      [
        [1, 'a'],
        [2, 'b'],
        [3, 'c'],
      ],
    ],
    ['p', [['a']]],
  ])
  expect(answer(body, relations)).toEqual([[2, 'b']])
})
