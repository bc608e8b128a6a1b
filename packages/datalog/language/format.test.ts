import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatProgram, formatValue } from './format.ts'
import { parse, parseProgram } from './parser.ts'
import { jumbles, programs, withoutSpans } from './test-programs.ts'

describe('formatting', () => {
  test('gives a clause a line in the modern spelling, and keeps comments and single empty lines', () => {
    const text = `% family
parent(ann,bob).   parent('Ann B.',  "bob"). % two


/* all
   of them */
ancestor(X,Y):-parent(X,Y). % direct
ancestor(X, Y) :- /* far */ parent(X, Z), ancestor(Z, Y).

?-ancestor(ann,X),not(parent(ann,X)).
% end`
    expect(formatProgram(text)).toBe(`% family
parent(ann, bob).
parent("Ann B.", bob). % two

/* all
   of them */
ancestor(X, Y) :- parent(X, Y). % direct
/* far */
ancestor(X, Y) :- parent(X, Z), ancestor(Z, Y).

?- ancestor(ann, X), not parent(ann, X).
% end
`)
  })

  test('gives long bodies a literal a line', () => {
    const name = 'a_relation_with_quite_a_long_name'
    expect(formatProgram(`p(X) :- ${name}(X), ${name}(X, 1), ${name}(X, 2).`)).toBe(
      `p(X) :-\n  ${name}(X),\n  ${name}(X, 1),\n  ${name}(X, 2).\n`,
    )
  })

  test('quotes values only when needed', () => {
    const plain = ['a', 'é', 1, -1.5, ['a', [2]]]
    expect(plain.map(formatValue)).toEqual(['a', 'é', '1', '-1.5', '[a, [2]]'])
    const quoted = ['Ann', '_a', 'is', 'a b', '1', '']
    expect(quoted.map(formatValue)).toEqual(quoted.map((text) => `"${text}"`))
    expect(formatValue('a\n"\uFFFC')).toBe('"a\\n\\"\\u{fffc}"')
  })

  test('of a text with errors throws them all', () => {
    expect(() => formatProgram('p(. q(.')).toThrow(/1:3 .*\n1:7 /)
  })
})

describe('for any program', () => {
  test('what is formatted reads as the same program, and formatting it again changes nothing', () => {
    fc.assert(
      fc.property(programs, (program) => {
        const text = formatProgram(program)
        expect(withoutSpans(parseProgram(text))).toEqual(withoutSpans(program))
        expect(formatProgram(text)).toBe(text)
      }),
      { numRuns: 120 },
    )
  })

  test('also when comments stand between its tokens', () => {
    const gap = fc.constantFrom(
      ' ',
      '\n',
      '\n\n\n',
      ' % a\n',
      ' /* b */ ',
      '\n/* c\n\n d */',
      ' % e \n% f\n',
    )
    const tokens = 'p ( X ) :- q ( X ) , not r ( 1 ) . s . ?- p ( Y ) .'.split(' ')
    const texts = fc
      .array(gap, { minLength: tokens.length, maxLength: tokens.length })
      .map((gaps) => tokens.map((token, index) => token + gaps[index]!).join(''))
    fc.assert(
      fc.property(texts, (text) => {
        const once = formatProgram(text)
        expect(formatProgram(once)).toBe(once)
        expect(withoutSpans(parseProgram(once))).toEqual(withoutSpans(parseProgram(text)))
        for (const mark of 'abcdef') {
          const inText = (whole: string) =>
            whole.split(new RegExp(`[%*] ${mark}|^ ${mark} `, 'm')).length
          expect(inText(once)).toBe(inText(text))
        }
      }),
      { numRuns: 80 },
    )
  })

  test('a jumble that is a program keeps its meaning', () => {
    fc.assert(
      fc.property(jumbles, (text) => {
        const { program, problems } = parse({ text })
        fc.pre(problems.length === 0)
        expect(withoutSpans(parseProgram(formatProgram(text)))).toEqual(withoutSpans(program))
      }),
      { numRuns: 100, maxSkipsPerRun: 1000 },
    )
  })
})
