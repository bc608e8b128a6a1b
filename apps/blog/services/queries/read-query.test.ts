import { readFileSync } from 'node:fs'
import { parseProgram } from '@rose-ash/datalog'
import { describe, expect, test } from 'vitest'
import { factRelations } from '../../graph/facts.ts'
import { readQuery } from './read-query.ts'
import { siteArities, siteRelations, unkeptClauses, unkeptRelations } from './site-relations.ts'

function problemsOf(text: string): string[] {
  return readQuery(text).problems.map(({ span, code, message }) =>
    span ? `${span.line}:${span.column} ${code} ${message}` : `${code} ${message}`,
  )
}

describe('a list’s text', () => {
  test('lists the first variable of its question', () => {
    expect(readQuery('?- instance(P, "type:recipe"), tagged(P, T).').query?.variable).toBe('P')
    expect(readQuery('?- "tag:x" = T, tagged(_, T).').query?.variable).toBe('T')
    expect(readQuery('?- tagged(_, T), N = count{ P : tagged(P, T) }.').query?.variable).toBe('T')
  })

  test('tells all that is wrong at once, with its place and what to do', () => {
    const text =
      'good(X) :- tagged(P, Y).\nis_a(P, T) :- tagged(P, T).\n?- good(P), instnace(P, "x").'
    expect(problemsOf(text)).toEqual([
      '1:6 unsafe X has no value in the head of good.',
      '2:1 usage is_a is one of the site’s own relations.',
      '3:13 unknown-relation There is no relation instnace.',
    ])
    const hints = readQuery(text).problems.map(({ hint }) => hint)
    expect(hints[1]).toBe('Give yours another name.')
    expect(hints[2]).toBe('Did you mean instance?')
    expect(problemsOf('?- tagged(P T).')[0]).toMatch(/^1:13 syntax /)
    expect(problemsOf('?- tagged(P).')[0]).toMatch(/^1:4 arity /)
  })

  test.each([...siteArities])('cannot define %s, by a rule or a fact', (name, arity) => {
    const variables = Array.from({ length: arity }, (_, place) => `X${place}`).join(', ')
    const values = Array.from({ length: arity }, () => 'a').join(', ')
    const rule = `${name}(${variables}) :- ${variables.replaceAll(/X\d/g, 'tagged($&, _)')}.`
    expect(problemsOf(`${rule} ?- tagged(P, T).`)).toContainEqual(
      `1:1 usage ${name} is one of the site’s own relations.`,
    )
    expect(problemsOf(`${name}(${values}). ?- tagged(P, T).`)).toEqual([
      `1:1 usage ${name} is one of the site’s own relations.`,
    ])
  })

  test('has one question, and something to list', () => {
    expect(problemsOf('good(P) :- tagged(P, _).')).toEqual(['usage There is no question.'])
    expect(problemsOf('')).toEqual(['usage There is no question.'])
    expect(problemsOf('?- tagged(P, T).\n?- is_a(P, T).')).toEqual([
      '2:1 usage A list has one question.',
    ])
    expect(problemsOf('?- tagged(_, "tag:x").')[0]).toContain('no variable')
  })

  test('is not longer than it may be', () => {
    expect(problemsOf(`?- tagged(P, T). % ${'x'.repeat(4000)}`)[0]).toContain('4000 characters')
  })

  test('knows what the answer depends on', () => {
    const reads = (text: string) => [...(readQuery(text).query?.reads ?? [])].toSorted()
    expect(reads('?- instance(P, "type:recipe"), not tagged(P, T).')).toEqual([])
    expect(reads('?- instance(P, T), not tagged(P, _).')).toEqual(['instance', 'tagged'])
    expect(reads('far(X) :- inside(_, X), N = count{ P : related(X, P) }. ?- far(X).')).toEqual([
      'inside',
      'related',
    ])
    expect(reads('?- shares_tag("post:1", P, _).')).toEqual(['tagged'])
  })
})

describe('the relations that lists may read', () => {
  const program = parseProgram(
    readFileSync(new URL('../../graph/views.dl', import.meta.url), 'utf8'),
  )
  const arities = new Map(
    program.clauses
      .flatMap(({ head, body }) => [
        head,
        ...body.flatMap((each) => (each.kind === 'atom' ? [each.atom] : [])),
      ])
      .map(({ relation, terms }) => [relation, terms.length]),
  )

  test('are those of the site, with as many columns', () => {
    for (const { name, columns } of siteRelations)
      expect([name, arities.get(name)]).toEqual([name, columns.length])
    for (const name of factRelations) expect(siteArities.has(name)).toBe(true)
  })

  test('are worked out by the list itself where the site does not keep them', () => {
    expect(new Set(unkeptClauses.map(({ head }) => head.relation))).toEqual(unkeptRelations)
  })
})
