import fc from 'fast-check'
import type { Arbitrary } from 'fast-check'
import type {
  Aggregate,
  Atom,
  BasicLiteral,
  Clause,
  Expression,
  Literal,
  Program,
  Query,
  Span,
  Term,
  Value,
} from './syntax.ts'

/** Programs as trees, also such as no check lets through, and texts that are nearly programs. */
const span: Span = { start: 0, end: 0, line: 1, column: 1 }

const text = fc.oneof(
  fc.constantFrom(
    'a',
    'ann',
    'Ann',
    'not',
    'count',
    'mod',
    '',
    'a b',
    '1',
    'é',
    '\n"\'\\',
    '\uFFFC',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
)
const number = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc
    .double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })
    .map((value) => value + 0),
  fc.constantFrom(1e-9, 0.5, -2.25),
)
const value: Arbitrary<Value> = fc.oneof(
  { weight: 8, arbitrary: fc.oneof(text, number) },
  { weight: 1, arbitrary: fc.array(fc.oneof(text, number), { maxLength: 3 }) },
)
const term: Arbitrary<Term> = fc.oneof(
  fc
    .constantFrom('X', 'Y', 'Éa', '_', '_x1')
    .map((name): Term => ({ kind: 'variable', name, span })),
  value.map((value): Term => ({ kind: 'constant', value, span })),
)
const expression = fc.letrec<{ whole: Expression }>((tie) => ({
  whole: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    term,
    fc.record({
      kind: fc.constant('arithmetic' as const),
      operator: fc.constantFrom('+', '-', '*', '/', 'mod'),
      left: tie('whole'),
      right: tie('whole'),
      span: fc.constant(span),
    }),
  ),
})).whole

const relation = fc.oneof(
  fc.constantFrom('p', 'noto', 'countess', 'model', 'is_a', 'odd name', 'Q', 'élan', '家'),
  text.filter((name) => !/^(?:not|count|mod)$/.test(name)),
)
const reservedSymbol = /^(?:[<>]=?|!?=|[-+*/]|:-|\?-|sum|min|max|is|findall|collect)$/
const atom: Arbitrary<Atom> = fc.record({
  relation: relation.filter((name) => !reservedSymbol.test(name)),
  terms: fc.array(term, { maxLength: 3 }),
  span: fc.constant(span),
})
const basicLiteral: Arbitrary<BasicLiteral> = fc.oneof(
  atom.map((atom): BasicLiteral => ({ kind: 'atom', atom, span })),
  atom.map((atom): BasicLiteral => ({ kind: 'not', atom, span })),
  fc
    .tuple(fc.constantFrom('<', '<=', '>', '>=', '=', '!='), expression, expression)
    .map(([operator, left, right]): BasicLiteral => ({
      kind: 'comparison',
      operator,
      left,
      right,
      span,
    })),
)
const aggregate: Arbitrary<Aggregate> = fc.record({
  kind: fc.constant('aggregate' as const),
  operator: fc.constantFrom('count', 'sum', 'min', 'max', 'collect'),
  result: term,
  terms: fc.array(term, { minLength: 1, maxLength: 3 }),
  body: fc.array(basicLiteral, { minLength: 1, maxLength: 3 }),
  span: fc.constant(span),
})
const literal: Arbitrary<Literal> = fc.oneof({ weight: 4, arbitrary: basicLiteral }, aggregate)
const clause: Arbitrary<Clause> = fc.record({
  kind: fc.constant('clause' as const),
  head: atom,
  body: fc.array(literal, { maxLength: 4 }),
  span: fc.constant(span),
})
const query: Arbitrary<Query> = fc.record({
  kind: fc.constant('query' as const),
  body: fc.array(literal, { minLength: 1, maxLength: 3 }),
  span: fc.constant(span),
})

export const programs: Arbitrary<Program> = fc.record({
  text: fc.constant(''),
  clauses: fc.array(clause, { maxLength: 5 }),
  queries: fc.array(query, { maxLength: 2 }),
})

const pieces = [
  `p q(X) X Y _ 1 -1 1.5 9e99 "a" 'b' " ' ( ) { } [ ] , . :- ?- : is mod + - * / < = != ==`,
  'count sum{ % /* */ \\ \uFFFC \u{1F600}',
].flatMap((line) => line.split(' '))
const piece = fc.constantFrom(
  ...pieces.concat(' ', '\n', 'not ', 'N = count{ X : p(X) }', 'findall(L, V, p(V))'),
)

/** Pieces of the language in any order. */
export const jumbles: Arbitrary<string> = fc
  .array(piece, { maxLength: 40 })
  .map((pieces) => pieces.join(''))

/** A tree without its places. */
export function withoutSpans(tree: unknown): unknown {
  return JSON.parse(
    JSON.stringify(tree, (key, part: unknown) =>
      key === 'span' || key === 'text' ? undefined : part,
    ),
  )
}
