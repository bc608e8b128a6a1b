import { failCompared, failReserved, parseAtom, startsAtom } from './atoms.ts'
import type { Cursor } from './cursor.ts'
import { isAggregateName, parseOperand } from './expressions.ts'
import { findComparator, findOperator } from './operators.ts'
import type { BasicLiteral, Comparison, Expression, NegativeLiteral, Span } from './syntax.ts'

/** A literal that is not an aggregate. */
export function parseBasicLiteral(cursor: Cursor): BasicLiteral {
  const token = cursor.peek()
  const called = cursor.isSymbol('(', 1)
  if (cursor.isName('not')) return parseNot(cursor)
  if (findComparator(token) && called) return parsePrefixComparison(cursor)
  if (isAggregateName(token) && (called || cursor.isSymbol('{', 1))) failNested(cursor)
  if (startsAtom(cursor)) {
    const atom = parseAtom(cursor)
    failCompared(cursor, atom)
    return { kind: 'atom', atom, span: atom.span }
  }
  return parseComparison(cursor)
}

function parseNot(cursor: Cursor): NegativeLiteral {
  const start = cursor.take()
  const inParentheses = cursor.accept('(')
  failNegated(cursor, start)
  const atom = parseAtom(cursor)
  failCompared(cursor, atom)
  if (inParentheses && !cursor.accept(')')) {
    cursor.failExpecting(')', 'not takes one literal: give a conjunction a relation of its own.')
  }
  return { kind: 'not', atom, span: cursor.spanFrom(start) }
}

/** Under `not` stands a relation and nothing else. */
function failNegated(cursor: Cursor, start: Span): void {
  const token = cursor.peek()
  const called = cursor.isSymbol('(', 1)
  if (cursor.isName('not')) {
    cursor.fail('not stands under not.', {
      hint: 'Give what is under the outer not a relation of its own: q(X) :- ..., not p(X). Then write not q(X).',
      span: cursor.spanFrom(start),
    })
  }
  if (isAggregateName(token) && (called || cursor.isSymbol('{', 1))) {
    cursor.fail(`The aggregate ${token.text} stands under not.`, {
      hint: 'Give it a relation of its own and write not before that.',
    })
  }
  if (startsAtom(cursor)) return
  const { text } = token
  if (findComparator(token) && called) failReserved(cursor, token)
  const message =
    token.kind === 'stop' || token.kind === 'end'
      ? 'not has nothing to negate.'
      : `not takes a relation, and ${cursor.textOf({ ...token })} does not begin one.`
  const hint = text === '(' ? 'Write not p(X).' : 'Write not p(X); turn a comparison round instead.'
  cursor.fail(message, { hint })
}

export function failNested(cursor: Cursor): never {
  const { text } = cursor.peek()
  cursor.fail(`The aggregate ${text} stands inside another aggregate.`, {
    hint: 'Give the inner one a relation of its own and use that.',
  })
}

/** `<(X, 5)`, `is(Y, +(X, 1))`. */
function parsePrefixComparison(cursor: Cursor): Comparison {
  const start = cursor.take()
  const operator = findComparator(start)!
  cursor.take()
  const hint = `${start.text} takes two arguments.`
  const left = parseSide(cursor)
  cursor.expect(',', hint)
  const right = parseSide(cursor)
  cursor.expect(')', hint)
  return { kind: 'comparison', operator, left, right, span: cursor.spanFrom(start) }
}

function parseComparison(cursor: Cursor): Comparison {
  const start = cursor.peek()
  const begins = findOperator(start) && cursor.isSymbol('(', 1)
  if (start.kind === 'stop' || start.kind === 'end') cursor.failExpecting('a literal')
  const left = parseSide(cursor)
  const operator = findComparator(cursor.peek())
  if (!operator) {
    if (begins) failReserved(cursor, start)
    failMalformed(cursor, left)
  }
  cursor.take()
  const right = parseSide(cursor)
  if (findComparator(cursor.peek())) {
    cursor.fail('A comparison has two sides.', { hint: 'Write two: 1 < X, X < 5.' })
  }
  return { kind: 'comparison', operator, left, right, span: cursor.spanFrom(start) }
}

function parseSide(cursor: Cursor): Expression {
  const { expression, compound } = parseOperand(cursor)
  if (!compound) return expression
  cursor.fail(`${cursor.textOf(compound)} is neither a value nor arithmetic.`, {
    hint: 'Let a relation give a variable its value, and use the variable.',
    span: compound,
  })
}

function failMalformed(cursor: Cursor, found: Expression): never {
  const text = cursor.textOf(found.span)
  const kind = describe(found)
  const hint =
    kind === 'text'
      ? `A relation without columns is written without quotes, or as ${text}().`
      : 'A literal is p(X), not p(X), a comparison such as X < 5, or an aggregate.'
  cursor.fail(`The ${kind} ${text} is not a literal.`, { hint, span: found.span })
}

function describe(found: Expression): string {
  if (found.kind !== 'constant') return found.kind === 'arithmetic' ? 'expression' : 'variable'
  if (typeof found.value === 'number') return 'number'
  return typeof found.value === 'string' ? 'text' : 'list'
}
