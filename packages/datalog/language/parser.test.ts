import { describe, expect, test } from 'vitest'
import { formatClause, formatLiteral } from './format.ts'
import { parse, parseGoals, parseProgram, sourceOf } from './parser.ts'
import type { Value } from './syntax.ts'
import { withoutSpans } from './test-programs.ts'

/** Each clause of a text in the modern spelling. */
function read(text: string): string[] {
  return parseProgram(text).clauses.map(formatClause)
}

/** `code message hint` of each problem. */
function problemsOf(text: string): string[] {
  return parse({ text }).problems.map(({ code, message, hint }) => `${code}: ${message} ${hint}`)
}

function tag(strings: TemplateStringsArray, ...values: Value[]) {
  return sourceOf(strings, values)
}

describe('the two spellings', () => {
  test.each([
    ['p(X) :- q(X), <(X, 5).', 'p(X) :- q(X), X < 5.'],
    ['p(Y) :- q(X), is(Y, +(X, 1)).', 'p(Y) :- q(X), Y = X + 1.'],
    ['p(Y) :- q(X), Y is X + 1.', 'p(Y) :- q(X), Y = X + 1.'],
    ['p(X) :- q(X, Y), =(X, Y), !=(X, 1), >=(X, 2).', 'p(X) :- q(X, Y), X = Y, X != 1, X >= 2.'],
    ['p(X) :- q(X), not(r(X)).', 'p(X) :- q(X), not r(X).'],
    ['p(X) :- q(X), not (r(X)).', 'p(X) :- q(X), not r(X).'],
    ['p(N) :- count(N, V, q(V)).', 'p(N) :- N = count{ V : q(V) }.'],
    ['p(L) :- findall(L, V, (q(V), not(r(V)))).', 'p(L) :- L = collect{ V : q(V), not r(V) }.'],
    ['p(N) :- =(N, max{ V : q(V) }).', 'p(N) :- N = max{ V : q(V) }.'],
    ['p(N) :- sum{ V, W : q(V, W) } = N.', 'p(N) :- N = sum{ V, W : q(V, W) }.'],
    ['p(Y) :- q(X), Y = -(X, 2).', 'p(Y) :- q(X), Y = X - 2.'],
    ['p(Y) :- q(X), Y = *(-(X, 2), mod(X, 3)).', 'p(Y) :- q(X), Y = (X - 2) * (X mod 3).'],
  ])('%s is %s', (original, modern) => {
    expect(read(original)).toEqual([modern])
    expect(withoutSpans(parseProgram(original))).toEqual(withoutSpans(parseProgram(modern)))
  })

  test.each([
    ['1 + 2 * 3 - 4', '1 + 2 * 3 - 4'],
    ['(1 + 2) * 3', '(1 + 2) * 3'],
    ['1 - (2 - 3)', '1 - (2 - 3)'],
    ['(1 - 2) - 3', '1 - 2 - 3'],
    ['X-1', 'X - 1'],
    ['X - -1', 'X - -1'],
    ['-X', '0 - X'],
    ['-(X)', '0 - X'],
    ['7 mod 2 / 3', '7 mod 2 / 3'],
  ])('the expression %s is %s', (written, formatted) => {
    const { body, problems } = parseGoals({ text: `Y = ${written}` })
    expect(problems).toEqual([])
    expect(body.map(formatLiteral)).toEqual([`Y = ${formatted}`])
  })
})

describe('words', () => {
  test('a name that begins with a keyword is a name', () => {
    const names = 'noto(X), countess(X), model(X), island(X), summer(X), notp(X)'
    expect(read(`p(X) :- ${names}.`)).toEqual([`p(X) :- ${names}.`])
  })

  test('a name of the language may be a value', () => {
    expect(read('p(not, count, is, mod).')).toEqual(['p("not", "count", "is", "mod").'])
  })

  test('relations need no columns and may be quoted', () => {
    expect(read(`p. q :- p. r(). 'odd name'(1). 'a b'. "b c"(2).`)).toEqual([
      'p.',
      'q :- p.',
      'r.',
      `'odd name'(1).`,
      `'a b'.`,
      `'b c'(2).`,
    ])
  })

  test('letters of every script make names and variables', () => {
    expect(read('élan(Émile) :- 家(Émile).')).toEqual(['élan(Émile) :- 家(Émile).'])
  })

  test('quotes make text, and a, "a" and \'a\' are the same', () => {
    expect(withoutSpans(parseProgram(`p("a"). p('a').`).clauses)).toEqual(
      withoutSpans(parseProgram('p(a). p(a).').clauses),
    )
    expect(read(`p('Ann', "say \\"a\\"", '\\n\\t\\\\', "\\u{1F600}").`)).toEqual([
      'p("Ann", "say \\"a\\"", "\\n\\t\\\\", "\u{1F600}").',
    ])
  })

  test('numbers are negative, decimal and exponential; 1 is not "1"', () => {
    expect(read('p(-1, 1.5, 2e3, -0, 1.5e-7, "1").')).toEqual(['p(-1, 1.5, 2000, 0, 1.5e-7, "1").'])
    expect(read('n(9007199254740991, -9007199254740991).')).toHaveLength(1)
  })

  test('a full stop ends a clause also before a letter', () => {
    expect(read('p(1).q(2).r(1.5).% end')).toEqual(['p(1).', 'q(2).', 'r(1.5).'])
  })

  test('comments stand anywhere', () => {
    expect(read('% a\np(X) :- /* b, */ q(X). /* c\n d */ r. % e')).toEqual(['p(X) :- q(X).', 'r.'])
  })

  test('spans are of the text', () => {
    const text = 'a.\n  p(X) :-\n q(X, b).'
    const clause = parseProgram(text).clauses[1]!
    expect(clause.span).toEqual({ start: 5, end: text.length, line: 2, column: 3 })
    expect(clause.body[0]!.span).toMatchObject({ line: 3, column: 2 })
    const { start, end } = clause.body[0]!.span
    expect(text.slice(start, end)).toBe('q(X, b)')
  })
})

describe('templates', () => {
  test('values stand for themselves, whatever is in them', () => {
    const { program, problems } = parse(tag`p(${'x), q(y'}, ${-3}, "a\n") :- q(${[1, 'a']}).`)
    expect(problems).toEqual([])
    expect(program.clauses.map(formatClause)).toEqual(['p("x), q(y", -3, "a\\n") :- q([1, a]).'])
  })

  test('a value is no text between quotes, no relation, and never NaN', () => {
    const { problems } = parse(tag`p("${'a'}"). ${'p'}(a). q(${Number.NaN}). % ${'comment'}`)
    expect(problems.map(({ code }) => code)).toEqual(['syntax', 'syntax', 'value'])
  })

  test('its character is an error in a plain text', () => {
    expect(problemsOf('p(\uFFFC).')[0]).toContain('syntax: A U+FFFC')
  })
})

describe('questions', () => {
  test.each(['p(a, X), not q(X)', '?- p(a, X), not q(X).', 'p(a,X),not(q(X)).'])('%s', (text) => {
    const { body, problems } = parseGoals({ text })
    expect(problems).toEqual([])
    expect(body.map(formatLiteral)).toEqual(['p(a, X)', 'not q(X)'])
  })

  test.each(['', 'p(X) :- q(X)', 'p(X). q(X)', 'p(X', '?-', 'p(X) q'])('%j is none', (text) => {
    expect(parseGoals({ text }).problems).toHaveLength(1)
  })

  test('in a program are kept apart', () => {
    const { clauses, queries } = parseProgram('p(1). ?- p(X), X < 3.')
    expect([clauses.length, queries.map(formatClause)]).toEqual([1, ['?- p(X), X < 3.']])
  })
})

describe('errors', () => {
  test.each([
    ['p(X) :- q(X), 5.', /number 5 is not a literal/],
    ['p(X) :- q(X), "abc".', /text "abc" is not a literal/],
    ['p(X) :- q(X), Y.', /variable Y is not a literal/],
    ['p(X + 1) :- q(X).', /p has the expression X \+ 1 .*Write Y = X \+ 1 and use Y/],
    ['p(X) :- q(+(X, 1)).', /q has the expression \+\(X, 1\) .*Write Y = /],
    ['p(f(X)) :- q(X).', /p has the expression f\(X\) .*Y = X \+ 1/],
    ['p(X) :- q(X), not(not(r(X))).', /not stands under not.*relation of its own/],
    ['p(X) :- q(X), not not r(X).', /not stands under not/],
    ['p(X) :- q(X), not X < 5.', /not takes a relation/],
    ['p(N) :- N = count{ X : M = max{ Y : q(X, Y) } }.', /max stands inside another.*own/],
    ['p(N) :- count(N, X, count(M, Y, q(X, Y))).', /count stands inside another/],
    ['p(N) :- N = 1 + count{ X : q(X) }.', /count stands inside an expression.*Give it a name/],
    ['p(X) :- q(X), count{ Y : r(Y) } > 3.', /count has no result.*compare N/],
    ['p(X) :- q(X) ; r(X).', /"or".*second rule/],
    ['p(X) :- q(X), X == 1.', /"==" means nothing here. Write = instead/],
    ['p(X) :- q(X) < 3.', /q\(X\) is no value/],
    ['p(X) :- 1 < X < 3.', /two sides/],
    ['P(a).', /found P.*small letter/],
    [':- p.', /no head/],
    ['p("a\nb").', /not closed/],
    ['p("\\q").', /\\q is not an escape/],
    ['p(1a).', /1a is neither/],
    ['p. /* q.', /comment is not closed/],
    ['p(9007199254740992).', /^value: 9007199254740992/],
    ['p(1e999).', /^value: 1e999/],
    ['p(a)', /Expected \. behind \)/],
  ])('%s', (text, message) => {
    expect(problemsOf(text)[0]).toMatch(message)
    expect(parse({ text }).program.clauses.length).toBeLessThan(2)
  })

  test.each('< <= > >= = != + - * / count sum min max findall collect is not mod :- ?-'.split(' '))(
    '%s is no relation, neither in a head nor in a body',
    (name) => {
      const texts = [
        `'${name}'(a).`,
        `p(X) :- q(X), '${name}'(X).`,
        `p(X) :- q(X), not '${name}'(X).`,
      ]
      const bare = /^\w/.test(name) && name !== 'not' ? [`${name}(a).`, `p :- ${name}.`] : []
      for (const text of [...texts, ...bare]) {
        expect(problemsOf(text), text).toEqual([
          expect.stringContaining(`reserved: ${name} is a name of the language`),
        ])
      }
    },
  )

  test('all of a text are given at once, and the clauses between are read', () => {
    const text = 'p(.\nq(a).\nr :- 5.\ns(b)\nt(c).\nu(#).'
    const { program, problems } = parse({ text })
    expect(problems.map(({ span }) => span?.line)).toEqual([1, 3, 4, 6])
    expect(program.clauses.map(({ head }) => head.relation)).toEqual(['q', 't'])
    expect(() => parseProgram(text)).toThrow(expect.objectContaining({ problems }))
  })
})
