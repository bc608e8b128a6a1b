import { describe, expect, test } from 'vitest'
import { evaluateQuery } from './evaluate-query.ts'
import { tooLong } from './limits.ts'
import { createTestSite, soundQuery } from './test-site.ts'

const site = createTestSite({
  subtype_of: [['type:soup', 'type:recipe']],
  is_a: [
    ['post:1', 'type:soup'],
    ['post:2', 'type:recipe'],
    ['post:3', 'type:recipe'],
    ['post:4', 'type:article'],
  ],
  tagged: [
    ['post:1', 'tag:quick'],
    ['post:2', 'tag:quick'],
    ['post:4', 'tag:quick'],
    ['post:4', 'tag:long'],
  ],
  related: [
    ['post:1', 'post:2'],
    ['post:2', 'post:3'],
  ],
})

function valuesOf(text: string): unknown {
  const answer = evaluateQuery(site, soundQuery(text))
  return answer.status === 'done' ? Array.from(answer.values, String).toSorted() : answer
}

const large = createTestSite({
  tagged: Array.from({ length: 2000 }, (_, number) => [`post:${number}`, `tag:${number % 9}`]),
})

describe('a list', () => {
  test('has what its question says of the site', () => {
    expect(valuesOf('?- instance(P, "type:recipe").')).toEqual(['post:1', 'post:2', 'post:3'])
    expect(valuesOf('?- instance(P, "type:recipe"), tagged(P, T).')).toEqual(['post:1', 'post:2'])
    expect(valuesOf('?- instance(P, "type:recipe"), not tagged(P, _).')).toEqual(['post:3'])
    expect(valuesOf('?- tagged(P, T), tagged(P, S), T != S.')).toEqual(['post:4'])
  })

  test('may have rules, facts, recursion and aggregates of its own', () => {
    const near = 'near(A, B) :- related(A, B). near(A, C) :- near(A, B), related(B, C).'
    expect(valuesOf(`${near} ?- near("post:1", X).`)).toEqual(['post:2', 'post:3'])
    const many = 'many(P) :- tagged(P, _), N = count{ T : tagged(P, T) }, N > 1.'
    expect(valuesOf(`${many} ?- many(P).`)).toEqual(['post:4'])
    expect(valuesOf('mine("tag:long"). ?- tagged(P, T), mine(T).')).toEqual(['post:4'])
    expect(valuesOf('mine("post:9"). mine(P) :- tagged(P, "tag:long"). ?- mine(P).')).toEqual([
      'post:4',
      'post:9',
    ])
  })

  test('may read what the site only works out when asked', () => {
    expect(valuesOf('?- shares_tag("post:1", P, _).')).toEqual(['post:2', 'post:4'])
    expect(valuesOf('?- neighbour("post:1", "related", P).')).toEqual(['post:2'])
  })

  test('never writes to the site', () => {
    const before = site.toText()
    valuesOf('mine("post:9"). mine(P) :- tagged(P, T). ?- mine(P), instance(P, _).')
    expect(site.toText()).toBe(before)
  })

  test.each([
    ['a cross product', '?- tagged(A, B), tagged(C, D).'],
    ['a relation that is square by itself', '?- shares_tag(A, B, _).'],
    ['an endless recursion', 'n(0). n(Y) :- n(X), Y = X + 1. ?- n(X).'],
    ['a cross product in an aggregate', '?- N = count{ A, B : tagged(A, _), tagged(B, _) }.'],
    ['a cross product that finds nothing', '?- tagged(A, B), tagged(C, D), tagged(E, F), B < 0.'],
  ])('that is %s ends soon, with a sentence', (_, text) => {
    expect(evaluateQuery(large, soundQuery(text))).toMatchObject({
      status: 'stopped',
      reason: tooLong,
    })
  })

  test('that divides by zero says so to whoever wrote it', () => {
    expect(valuesOf('?- tagged(P, _), X = 1 / 0.')).toMatchObject({
      status: 'stopped',
      reason: 'This list cannot be worked out.',
      problems: [{ code: 'arithmetic' }],
    })
  })
})
