import { failReserved, parseTerm } from './atoms.ts'
import type { Cursor } from './cursor.ts'
import { isAggregateName, parseOperand } from './expressions.ts'
import { failNested, parseBasicLiteral } from './literals.ts'
import { findComparator } from './operators.ts'
import type { Aggregate, AggregateOperator, BasicLiteral, Literal, Span, Term } from './syntax.ts'
import type { Token } from './tokens.ts'

/** Literals between commas. */
export function parseBody(cursor: Cursor): readonly Literal[] {
  return parseConjunction(cursor, parseLiteral)
}

function parseConjunction<Kind>(cursor: Cursor, parseOne: (cursor: Cursor) => Kind): Kind[] {
  const literals: Kind[] = []
  do literals.push(parseOne(cursor))
  while (cursor.accept(','))
  if (cursor.isSymbol(';') || cursor.isSymbol('|')) {
    cursor.fail('There is no "or" inside a body.', { hint: 'Write a second rule.' })
  }
  return literals
}

function parseLiteral(cursor: Cursor): Literal {
  if (isAggregateName(cursor.peek())) {
    if (cursor.isSymbol('(', 1)) return parsePrefix(cursor)
    if (cursor.isSymbol('{', 1)) return parseAggregateFirst(cursor)
  }
  const first = findBracesAhead(cursor)
  return first === undefined ? parseBasicLiteral(cursor) : parseResultFirst(cursor, first)
}

/**
 * How far ahead the aggregate is when a literal begins `N = count{`, `N is count{` or `=(N, count{`.
 * With another comparison it is found too, so that the error can say more.
 */
function findBracesAhead(cursor: Cursor): number | undefined {
  const prefix = findComparator(cursor.peek()) && cursor.isSymbol('(', 1)
  const start = prefix ? 2 : 0
  const size = cursor.isSymbol('-', start) ? 2 : 1
  const at = start + size + 1
  const between = cursor.peek(at - 1)
  const joined = prefix ? cursor.isSymbol(',', at - 1) : findComparator(between)
  if (!joined || !isAggregateName(cursor.peek(at)) || !cursor.isSymbol('{', at + 1))
    return undefined
  return at
}

function parseResultFirst(cursor: Cursor, at: number): Aggregate {
  const start = cursor.peek()
  const name = cursor.peek(at)
  const prefix = cursor.isSymbol('(', 1)
  if (prefix) {
    requireEquals(cursor, name)
    cursor.take()
  }
  const result = parseTerm(cursor, name.text)
  if (prefix) cursor.take()
  else requireEquals(cursor, name)
  const braces = parseBraces(cursor)
  if (prefix) cursor.expect(')')
  return { kind: 'aggregate', ...braces, result, span: cursor.spanFrom(start) }
}

/** `count{ ... } = N`. */
function parseAggregateFirst(cursor: Cursor): Aggregate {
  const start = cursor.peek()
  const braces = parseBraces(cursor)
  requireEquals(cursor, start)
  const result = parseResult(cursor, start.text)
  return { kind: 'aggregate', ...braces, result, span: cursor.spanFrom(start) }
}

function requireEquals(cursor: Cursor, { text }: Token): void {
  if (findComparator(cursor.peek()) === '=') {
    cursor.take()
    return
  }
  const hint = `Give its result a name: N = ${text}{ ... }, then compare N.`
  cursor.fail(`The aggregate ${text} has no result.`, { hint })
}

function parseResult(cursor: Cursor, name: string): Term {
  const { expression } = parseOperand(cursor)
  if (expression.kind !== 'arithmetic') return expression
  cursor.fail(`The result of ${name} is an expression.`, {
    hint: `Give it a name, N = ${name}{ ... }, and use N.`,
    span: expression.span,
  })
}

type Inner = Pick<Aggregate, 'operator' | 'terms' | 'body'>

/** `count{ T1, T2 : body }`. */
function parseBraces(cursor: Cursor): Inner {
  const name = cursor.take()
  cursor.take()
  const terms: Term[] = []
  do terms.push(parseTerm(cursor, name.text))
  while (cursor.accept(','))
  cursor.expect(':', `Write ${name.text}{ X : p(X) }.`)
  const body = parseConjunction(cursor, parseInner)
  if (!cursor.accept('}')) cursor.failExpecting(', or }')
  if (['+', '-', '*', '/'].some((operator) => cursor.isSymbol(operator)) || cursor.isName('mod')) {
    cursor.fail(`The aggregate ${name.text} stands inside an expression.`, {
      hint: `Give it a name, N = ${name.text}{ ... }, and use N.`,
      span: name,
    })
  }
  return { operator: operatorOf(name), terms, body }
}

function parseInner(cursor: Cursor): BasicLiteral {
  const at = findBracesAhead(cursor)
  if (at === undefined) return parseBasicLiteral(cursor)
  while (!isAggregateName(cursor.peek())) cursor.take()
  failNested(cursor)
}

/** `count(N, V, goal)`: the goal is one literal, or several in parentheses. */
function parsePrefix(cursor: Cursor): Aggregate {
  const name = cursor.take()
  cursor.take()
  if (cursor.isSymbol(')')) failPrefix(cursor, name)
  const result = parseTerm(cursor, name.text)
  if (!cursor.accept(',')) failPrefix(cursor, name)
  const term = parseTerm(cursor, name.text)
  if (!cursor.accept(',')) failPrefix(cursor, name)
  const inParentheses = cursor.accept('(')
  const body = inParentheses ? parseConjunction(cursor, parseInner) : [parseInner(cursor)]
  if (inParentheses) cursor.expect(')')
  if (!cursor.accept(')')) {
    cursor.failExpecting(')', `Several goals of ${name.text} stand in parentheses of their own.`)
  }
  const span: Span = cursor.spanFrom(name)
  return { kind: 'aggregate', operator: operatorOf(name), result, terms: [term], body, span }
}

/** Not the shape of an aggregate, so it was meant as a relation. */
function failPrefix(cursor: Cursor, name: Token): never {
  const { kind } = cursor.peek()
  if (kind === 'symbol' && cursor.isSymbol(')')) failReserved(cursor, name)
  cursor.failExpecting(', or )', `Write ${name.text}(N, V, goal) or N = ${name.text}{ V : goal }.`)
}

function operatorOf({ text }: Token): AggregateOperator {
  return text === 'findall' ? 'collect' : (text as AggregateOperator)
}
