import { describe, expect, test } from 'vitest'
import { complete } from './completion.ts'
import { readStatement } from './statement.ts'

const world = {
  commands: ['.load', '.limit', '.quit'],
  relations: ['edge', 'path', 'parent'],
  folder: import.meta.dirname,
}

describe('completion', () => {
  const cases: readonly (readonly [line: string, found: string[], part: string])[] = [
    ['.l', ['.limit', '.load'], '.l'],
    ['pa', ['parent', 'path'], 'pa'],
    ['path(X, Y) :- ed', ['edge'], 'ed'],
    ['p(Parent, Child) :- q(Ch', ['Child'], 'Ch'],
    ['p(X, Y) :- q(', [...world.relations, 'not'].toSorted(), ''],
    ['why p', ['parent', 'path'], 'p'],
    ['wh', ['why', 'why not'], 'wh'],
    ['.facts e', ['edge'], 'e'],
    ['.timing ', ['off', 'on'], ''],
    ['.load compl', ['completion.test.ts', 'completion.ts'], 'compl'],
    ['.load ../examples/f', ['../examples/family.dl'], '../examples/f'],
    ['.facts edge conf', ['config/'], 'conf'],
    ['.load no/such/folder/', [], 'no/such/folder/'],
  ]

  test.each(cases)('of %j is %j', (line, found, part) => {
    expect(complete(line, world)).toEqual([found, part])
  })
})

describe('a statement', () => {
  const cases: readonly (readonly [text: string, kind: string])[] = [
    ['', 'nothing'],
    ['  % only a comment', 'nothing'],
    ['p(a).', 'clauses'],
    ['p(a). % why', 'clauses'],
    ['p("a. b', 'clauses'],
    ['p("a.")', 'unfinished'],
    ['p(1.5', 'unfinished'],
    ['/* p(a).', 'unfinished'],
    ['?- p(X)', 'unfinished'],
    ['? p(X)', 'question'],
    ['why p(a)', 'why'],
    ['why not p(a)', 'why-not'],
    ['why(a).', 'clauses'],
    ['assert(a).', 'clauses'],
    ['assert p(a)', 'change'],
    ['-p(a)', 'change'],
    ['.load x', 'command'],
  ]

  test.each(cases)('%j is %s', (text, kind) => {
    expect(readStatement(text).kind).toBe(kind)
  })
})
