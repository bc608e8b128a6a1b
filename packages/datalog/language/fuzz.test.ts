import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkGoals, checkText } from './check.ts'
import { formatProgram } from './format.ts'
import { parse, parseGoals } from './parser.ts'
import { jumbles, programs } from './test-programs.ts'

/** Reads a text in all ways there are. Nothing may throw, and all places are in the text. */
function expectProblemsOnly(text: string): void {
  const { program, problems } = parse({ text })
  const goals = parseGoals({ text })
  const found = [...problems, ...goals.problems, ...checkText(text), ...checkGoals(goals.body)]
  const places = [...found, ...program.clauses, ...program.queries, ...goals.body]
  for (const { span } of places) {
    if (!span) throw new Error('A problem has no place.')
    const { start, end, line, column } = span
    expect(0 <= start && start <= end && end <= text.length).toBe(true)
    const before = text.slice(0, start).split('\n')
    expect([line, column]).toEqual([before.length, before.at(-1)!.length + 1])
  }
}

const mutated = fc
  .tuple(
    programs.map(formatProgram),
    fc.nat(),
    fc.nat(6),
    fc.string({ unit: 'binary', maxLength: 3 }),
  )
  .map(([text, place, length, added]) => {
    const at = text.length === 0 ? 0 : place % text.length
    return text.slice(0, at) + added + text.slice(at + length)
  })

describe('nothing throws, and each problem has its place', () => {
  test.each([
    ['any text', fc.string({ unit: 'binary', maxLength: 60 })],
    ['pieces of the language in any order', jumbles],
    ['programs with a piece put in or taken out', mutated],
  ])('%s', (_, texts) => {
    fc.assert(fc.property(texts, expectProblemsOnly), { numRuns: 120 })
  })
})

describe('100 KB', () => {
  const openings = [
    '(',
    '[',
    '-',
    'p(',
    'not(',
    'not ',
    '{',
    '/*',
    "'",
    '\\',
    '#',
    '.',
    'p:-',
    '?-',
    'X=(',
    '"\\',
  ]
  const repeated = [
    'p(a).',
    'p(.',
    'p(X)',
    'p#.',
    'count(',
    'N=count{X:',
    'p(f(',
    '1+',
    'a,',
    'p:-X,',
    '% a\n',
  ]

  test.each([...openings, ...repeated])('of %j are read without trouble', (piece) => {
    const text = piece.repeat(100_000 / piece.length)
    expect(() => checkText(text)).not.toThrow()
  })

  test('of one body are checked in a time that does not grow with its square', () => {
    const numbers = Array.from({ length: 5000 }, (_, index) => index)
    const equations = numbers.map((index) => `X${index} = X${index + 1}`).join(', ')
    expect(checkText(`p(X0) :- ${equations}, q(X5000).`)).toEqual([])
    const negations = numbers.map((index) => `not q(X${index})`).join(', ')
    expect(checkText(`p :- ${negations}.`)).toHaveLength(5000)
  })

  test('an expression of any depth is a problem, and the next clause is read', () => {
    for (const deep of [
      '('.repeat(5000),
      '1' + '+1'.repeat(5000),
      '+(1,'.repeat(5000),
      '- '.repeat(5000),
    ]) {
      const { program, problems } = parse({ text: `p :- X = ${deep}.\nq.` })
      expect(problems).toHaveLength(1)
      expect(problems[0]!.message).toContain('200')
      expect(program.clauses).toHaveLength(1)
    }
  })
})
