import { describe, expect, test } from 'vitest'
import { checkGoals, checkProgram, checkText } from './check.ts'
import { parseGoals, parseProgram } from './parser.ts'

/** `code place message hint`, for each problem. */
function problemsOf(text: string): string[] {
  return checkText(text).map(
    ({ code, message, hint, span }) => `${code} ${span?.line}:${span?.column} ${message} ${hint}`,
  )
}

describe('safety', () => {
  test.each([
    'p(X) :- q(X), X < 5, not r(X, _).',
    'p(Z) :- Z = Y * 2, Y = X + 1, q(X).',
    'p(X) :- q(Y), Y = X.',
    'p(X) :- X = 1.',
    'p(X) :- not r(X), X < 3, q(X).',
    'total(N) :- N = count{ X : p(X) }.',
    'size(T, N) :- type(T), N = count{ P : inst(P, T) }.',
    'two(T) :- type(T), N = count{ P : inst(P, T) }, M = sum{ P : cost(P, T) }, N < M.',
    'p(M) :- N = count{ X : q(X) }, M = count{ X : r(X, N) }.',
    'p(N) :- q(X), N = count{ P : r(P), P < X }.',
    'p(X) :- count(N, V, q(V)), X is N + 1.',
    '?- p(X), not q(X).',
  ])('%s is safe', (text) => {
    expect(problemsOf(text)).toEqual([])
  })

  test.each([
    ['p(X, Y) :- q(X).', /^unsafe 1:6 Y has no value in the head of p\./],
    ['p(X) :- not q(X).', /^unsafe 1:3 X .*head of p and under not q\(X\)/],
    ['p(X) :- q(X), not r(X, Y).', /^unsafe 1:24 Y occurs only under not r\(X, Y\).* write _ /],
    ['p(X) :- q(X), Y < 5.', /^unsafe 1:15 Y has no value in Y < 5 in a rule of p/],
    ['p(X) :- q(X), X = Y + Z, r(Z).', /^unsafe 1:19 Y has no value in X = Y \+ Z/],
    ['p(_) :- q(_).', /^unsafe 1:3 _ has no value in the head of p/],
    ['p(X) :- q(X), X != _.', /^unsafe 1:20 _ has no value in X != _/],
    ['p(X) :- X = _.', /^unsafe 1:3 X /],
    ['p(X).', /^unsafe 1:3 X in the fact p\(X\)/],
    ['p(a, _).', /^unsafe 1:6 _ in the fact p\(a, _\)/],
    ['?- p(X), not q(Y).', /^unsafe 1:16 Y occurs only under not q\(Y\) in the question/],
    ['s(T, N) :- N = count{ P : i(P, T) }.', /^unsafe 1:3 T .*head of s.* such as i\(_, T\)/],
    [
      's(N) :- N = count{ P : i(P, T) }, T < 3.',
      /^unsafe 1:35 T .*Add a literal such as i\(_, T\)/,
    ],
    ['p(N) :- N = count{ _ : q(_) }.', /^unsafe 1:20 _ has no value before the colon/],
    ['p(N) :- N = count{ Y : q(X) }.', /^unsafe 1:20 Y has no value before the colon/],
    ['p(N) :- N = count{ X : q(X), not r(Y) }.', /^unsafe 1:36 Y occurs only under not r\(Y\)/],
    ['p(N) :- N = count{ N : q(N) }.', /^unsafe 1:20 N is the result .* rule of p/],
  ])('%s is not', (text, message) => {
    const found = problemsOf(text)
    expect(found[0]).toMatch(message)
    const [, place] = /(\d:\d+) /.exec(found[0]!) ?? []
    expect(place).toBeDefined()
  })

  test('aggregates that wait for each other are refused', () => {
    const found = problemsOf('p(N) :- N = count{ X : q(X, M) }, M = count{ X : q(X, N) }.')
    expect(found).toHaveLength(2)
  })

  test('a variable without a value is told of once a rule', () => {
    expect(problemsOf('p(Y) :- q(X), Y < X, not r(Y), Y > 2.')).toHaveLength(1)
  })
})

describe('relations', () => {
  test('have one number of columns, and both places are told', () => {
    expect(problemsOf('p(X) :- q(X),\n q(X, X). p.')).toEqual([
      expect.stringMatching(/^arity 2:2 q has 2 columns here and 1 column at 1:9\./),
      expect.stringMatching(/^arity 2:11 p has no columns here and 1 column at 1:1\./),
    ])
  })

  test('known before have theirs', () => {
    const program = parseProgram('p(X) :- q(X). r(1, 2).')
    const clauses = parseProgram('r(X) :- s(X).').clauses
    const found = checkProgram(program, { arities: new Map([['q', 2]]), clauses })
    expect(found.map(({ code, message }) => `${code} ${message.split(' ')[0]}`)).toEqual([
      'arity q',
      'arity r',
    ])
  })

  test('that do not exist are told of with one that is near', () => {
    const arities = new Map([['parent', 2]])
    const program = parseProgram('p(X) :- parnt(X, _), q(X), parnt(X, X).')
    const clauses = parseProgram('q(X) :- parent(X, _).').clauses
    const found = checkProgram(program, { arities, clauses, closed: true })
    expect(found).toEqual([
      expect.objectContaining({ code: 'unknown-relation', hint: 'Did you mean parent?' }),
    ])
    expect(checkProgram(program, { arities, clauses })).toEqual([])
  })

  test('of a question are looked at too', () => {
    const { body } = parseGoals({ text: 'parent(X), nobody(X), not parent(Y, Z)' })
    const found = checkGoals(body, { arities: new Map([['parent', 2]]), closed: true })
    expect(found.map(({ code }) => code)).toEqual(['unsafe', 'unsafe', 'arity', 'unknown-relation'])
  })
})

describe('stratification', () => {
  test.each([
    ['p :- not q. q :- r. r :- s. s :- p.', /p -not-> q -> r -> s -> p/],
    ['w(X) :- m(X, Y), not w(Y).', /w depends on its own negation: w -not-> w\. .*not w\(Y\)/],
    ['p(N) :- N = count{ X : q(X) }. q(X) :- p(X).', /p -count-> q -> p/],
    ['p(N) :- findall(N, X, q(X)). q(X) :- p(X).', /p -collect-> q -> p/],
    ['q(X) :- p(X). p(N) :- min(N, X, (r(X), not(q(X)))).', /p -min-> q -> p/],
  ])('%s is refused', (text, cycle) => {
    const found = problemsOf(text)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(/^unstratified/)
    expect(found[0]).toMatch(cycle)
  })

  test('one problem is given for each cycle, at the literal', () => {
    const text = 'a :- not b.\nb :- a, not a.\nc(X) :- d(X), not c(X).\ne :- not a.'
    expect(checkText(text).map(({ span }) => span?.line)).toEqual([1, 3])
  })

  test('negation and aggregates of lower relations are allowed', () => {
    const text =
      'r(X) :- e(X). r(X) :- r(X), e(X). u(X) :- n(X), not r(X). c(N) :- N = count{ X : u(X) }.'
    expect(problemsOf(text)).toEqual([])
  })

  test('a cycle may be closed by a later program, and is placed in that', () => {
    const clauses = parseProgram('p(X) :- n(X), not q(X).').clauses
    const [found, ...more] = checkProgram(parseProgram('\nq(X) :- p(X).'), { clauses })
    expect(more).toEqual([])
    expect(found).toMatchObject({ code: 'unstratified', span: { line: 2, column: 9 } })
  })
})

test('everything wrong with a text is given at once, in order', () => {
  const text = 'p(X) :- q(Y).\nq(X) :- 5.\nr(X) :- s(X), not r(X).\nq(1, 2).\ncount(1).\nq(1).'
  expect(checkText(text).map(({ code, span }) => `${span?.line} ${code}`)).toEqual([
    '1 unsafe',
    '2 syntax',
    '3 unstratified',
    '4 arity',
    '5 reserved',
  ])
})
