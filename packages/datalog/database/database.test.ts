import { describe, expect, test } from 'vitest'
import { aggregate, compare, datalog, not, relations, rule, variables } from '../index.ts'
import { errorOf } from './test-errors.ts'

const schema = {
  is_a: { post: 'text', type: 'text' },
  sub_of: { sub: 'text', sup: 'text' },
  post: { id: 'text' },
  price: { post: 'text', pence: 'number' },
} as const

const derive = {
  sub: { sub: 'text', sup: 'text' },
  inst: { post: 'text', type: 'text' },
} as const

const program = `
  sub(X, Y) :- sub_of(X, Y).
  sub(X, Z) :- sub(X, Y), sub_of(Y, Z).
  inst(P, T) :- is_a(P, T).
  inst(P, T) :- is_a(P, S), sub(S, T).
`

function createBlog() {
  const db = datalog({ ...schema, ...derive })
  const g = db.rules(program)
  db.load({
    sub_of: [{ sub: 'recipe', sup: 'article' }],
    is_a: [
      { post: 'stew', type: 'recipe' },
      { post: 'news', type: 'article' },
    ],
  })
  return { db, g }
}

describe('a database with a schema', () => {
  test('rows are objects, and may be given as arrays', () => {
    const { db } = createBlog()
    db.tx((t) => t.insert('is_a', ['soup', 'recipe']))
    const rows = db.rel('inst').where({ type: 'article' })
    expect(rows.map(({ post }) => post).toSorted()).toEqual(['news', 'soup', 'stew'])
    expect(db.has('inst', { post: 'soup', type: 'article' })).toBe(true)
  })

  test('a delta names every relation that changed, derived ones too', () => {
    const { db } = createBlog()
    expect(db.tx((t) => t.retract('sub_of', { sub: 'recipe', sup: 'article' }))).toEqual({
      added: {},
      removed: {
        sub_of: [{ sub: 'recipe', sup: 'article' }],
        sub: [{ sub: 'recipe', sup: 'article' }],
        inst: [{ post: 'stew', type: 'article' }],
      },
    })
  })

  test('values of a template are never read as text', () => {
    const { db, g } = createBlog()
    const name = 'x), post(Y'
    db.tx((t) => t.insert('is_a', { post: name, type: 'recipe' }))
    expect(db.query(g.q`inst(${name}, T)`)).toEqual([{ T: 'recipe' }, { T: 'article' }])
    expect(db.query(g.q`inst(${'stew'}, ${'article'})`)).toEqual([{}])
  })

  test('an unknown relation, column or type is said by name, and nothing changes', () => {
    const { db } = createBlog()
    expect(errorOf(() => db.rows('nothing')).message).toContain('nothing')
    expect(errorOf(() => db.rules('x(A) :- postt(A).')).message).toContain('postt')
    const insert = (row: object) => () => db.tx((t) => t.insert('price', row as never))
    expect(errorOf(insert({ post: 'stew', pence: 'many' })).message).toContain('pence of price')
    expect(errorOf(insert({ post: 'stew', cost: 3 })).message).toContain('cost')
    expect(db.rows('price')).toEqual([])
  })

  test('all that is wrong with a program is said at once, syntax and the rest, in its order', () => {
    const wrong = 'a(X) :- b(Y).\nc(X :- d(X).\ne(X, Z) :- f(X).'
    const error = errorOf(() => datalog().rules(wrong))
    expect(
      error.problems.map(({ span }) => wrong.slice(0, span?.start).split('\n').length),
    ).toEqual([1, 2, 3])
  })

  test('text and numbers that would meet in a rule are an error', () => {
    const { db } = createBlog()
    const error = errorOf(() => db.rules('odd(X) :- post(X), price(_, X).'))
    expect([error.code, error.message.includes('pence of price')]).toEqual(['type', true])
    expect(errorOf(() => db.rules('y(Z) :- post(X), Z = X + 1.')).code).toBe('type')
  })
})

test('an aggregate of a question is not taken for one of the rules', () => {
  const db = datalog()
  db.rules('less(X, Y, N) :- a(X), a(Y), N = count{ Z : b(Z), Z < X, Z < Y }.')
  db.rules('more(X, N) :- c(X), N = count{ Z : b(Z), Z > X }.')
  db.load({ a: [[2], [3]], b: [[1], [2]], c: [[9]] })
  expect(db.query('a(X), M = count{ Y : b(Y) }, N = count{ Z : b(Z), Z < X }')).toEqual([
    [2, 2, 1],
    [3, 2, 2],
  ])
})

describe('rules as values', () => {
  test('mean the same as their text', () => {
    const { is_a, post } = relations(schema)
    const { orphan, many } = relations({
      orphan: { id: 'text' },
      many: { type: 'text', n: 'number' },
    })
    const [p, t, q, n] = variables('P', 'T', 'Q', 'N')
    const db = datalog(schema, {
      derive: { orphan: { id: 'text' }, many: { type: 'text', n: 'number' } },
    })
    db.add({
      clauses: [
        rule(orphan({ id: p }), post({ id: p }), not(is_a({ post: p }))),
        rule(
          many({ type: t, n }),
          is_a({ type: t }),
          aggregate(n, 'count', { of: [q], where: [is_a({ post: q, type: t })] }),
          compare(n, '>', 1),
        ),
      ],
    })
    db.load({
      post: [['a'], ['b'], ['c']],
      is_a: [
        ['a', 'x'],
        ['b', 'x'],
        ['b', 'y'],
      ],
    })
    expect(db.rows('orphan')).toEqual([{ id: 'c' }])
    expect(db.rows('many')).toEqual([{ type: 'x', n: 2 }])
  })
})

describe('a snapshot', () => {
  const rules =
    'r(X, Y) :- e(X, Y). r(X, Z) :- r(X, Y), e(Y, Z). n(N) :- N = count{ X, Y : r(X, Y) }.'

  function createFull() {
    const db = datalog()
    db.rules(rules)
    db.load({
      e: [
        ['a', 'b'],
        ['b', 'a'],
        [2 ** 40, 1.5],
      ],
      r: [['a', 'a']],
    })
    return db
  }

  test('gives the same rows without working anything out, and goes on from there', () => {
    const db = createFull()
    const copy = datalog()
    copy.restore(db.snapshot())
    expect(copy.stats().touched).toBe(0)
    expect(copy.rows('r')).toEqual(db.rows('r'))
    expect(copy.rows('n')).toEqual([[5]])
    const remove = (of: typeof db) => of.tx((t) => t.retract('e', ['b', 'a']))
    expect(remove(copy)).toEqual(remove(db))
  })

  test('restored under other rules brings the asserted facts', () => {
    const other = datalog()
    other.rules('back(Y, X) :- e(X, Y).')
    other.restore(createFull().snapshot())
    expect(other.rows('back')).toHaveLength(3)
  })

  test('that is cut short or foreign is refused, and nothing changes', () => {
    const db = createFull()
    const bytes = db.snapshot()
    for (const wrong of [
      bytes.subarray(0, bytes.length - 4),
      new Uint8Array(3),
      bytes.toReversed(),
    ])
      expect(errorOf(() => db.restore(wrong)).message).toContain('snapshot')
    expect(db.rows('n')).toEqual([[5]])
  })
})

describe('memory', () => {
  test('is given back when facts go, text that nobody holds any more too', () => {
    const db = datalog()
    db.rules('long(X) :- name(X), not short(X).')
    const before = db.stats()
    const rows = Array.from({ length: 50_000 }, (_, place) => [`name ${place}`])
    db.load({ name: rows })
    const full = db.stats()
    db.tx((t) => {
      for (const row of rows) t.retract('name', row)
    })
    for (let place = 0; place < 5000; place += 1) {
      db.tx((t) => t.insert('name', [`other ${place}`]))
      db.tx((t) => t.retract('name', [`other ${place}`]))
    }
    const after = db.stats()
    expect(full.values).toBeGreaterThanOrEqual(50_000)
    expect(after.values).toBeLessThan(10_000)
    expect(after.bytes).toBeLessThan(before.bytes + 100_000)
  })
})

describe('limits', () => {
  test('name the rule and take everything back', () => {
    const db = datalog(undefined, { maxDerivations: 1000 })
    db.rules('n(Y) :- n(X), Y = X + 1, X < 1000000.')
    const error = errorOf(() => db.tx((t) => t.insert('n', [0])))
    expect([error.code, error.message.includes('n(Y) :-')]).toEqual(['limit', true])
    expect(db.rows('n')).toEqual([])
    expect(db.tx((t) => t.insert('n', [1_000_000]))).toEqual({
      added: { n: [[1_000_000]] },
      removed: {},
    })
  })

  test('stop a rule that finds nothing as well', () => {
    const db = datalog(undefined, { maxMs: 30 })
    db.rules('hit(X) :- a(X), b(Y), c(Z), X + Y + Z = 0 - 1.')
    const many = Array.from({ length: 700 }, (_, place) => [place])
    expect(errorOf(() => db.load({ a: many, b: many, c: many })).code).toBe('limit')
    expect(db.rows('a')).toEqual([])
  })
})
