import type { Cursor } from './cursor.ts'
import { findOperator, isProductOperator, isSumOperator } from './operators.ts'
import type { Constant, Expression, Operator, Span, Value } from './syntax.ts'
import type { Token } from './tokens.ts'

/** Operators and parentheses in one expression; also keeps the stack safe from a tree that deep. */
const maxParts = 200

export interface Operand {
  readonly expression: Expression
  /** The first `f(X)` in it, which no expression may have. */
  readonly compound: Span | undefined
}

interface Reading {
  readonly cursor: Cursor
  parts: number
  compound: Span | undefined
}

/** Reads an expression in either spelling. */
export function parseOperand(cursor: Cursor): Operand {
  const reading: Reading = { cursor, parts: 0, compound: undefined }
  const expression = parseSum(reading)
  return { expression, compound: reading.compound }
}

export function isAggregateName({ kind, text }: Token): boolean {
  return kind === 'name' && /^(?:count|sum|min|max|findall|collect)$/.test(text)
}

function countPart(reading: Reading): void {
  if (++reading.parts <= maxParts) return
  reading.cursor.fail(`An expression has more than ${maxParts} operators and parentheses.`, {
    hint: 'Give a part of it a name with `=`.',
  })
}

function parseSum(reading: Reading): Expression {
  return parseChain(reading, { isOwn: isSumOperator, parsePart: parseProduct })
}

function parseProduct(reading: Reading): Expression {
  return parseChain(reading, { isOwn: isProductOperator, parsePart: parseFactor })
}

interface Chain {
  readonly isOwn: (operator: Operator) => boolean
  readonly parsePart: (reading: Reading) => Expression
}

function parseChain(reading: Reading, { isOwn, parsePart }: Chain): Expression {
  const { cursor } = reading
  let left = parsePart(reading)
  for (;;) {
    const operator = findOperator(cursor.peek())
    if (!operator || !isOwn(operator)) return left
    cursor.take()
    countPart(reading)
    const right = parsePart(reading)
    left = { kind: 'arithmetic', operator, left, right, span: cursor.spanFrom(left.span) }
  }
}

function parseFactor(reading: Reading): Expression {
  const { cursor } = reading
  const token = cursor.peek()
  const called = cursor.isSymbol('(', 1)
  if (isAggregateName(token) && (called || cursor.isSymbol('{', 1))) failAggregate(cursor)
  if (token.kind === 'symbol') {
    if (token.text === '(') return parseParentheses(reading)
    if (token.text === '[') return parseList(reading)
  }
  const operator = findOperator(token)
  if (operator && called) return parseCall(reading, operator)
  if (operator === '-') return parseMinus(reading)
  if (operator && operator !== 'mod') cursor.failExpecting('a value or a variable')
  if (token.kind === 'variable') return parseVariable(cursor)
  if (called && (token.kind === 'name' || token.kind === 'quoted')) return parseCompound(reading)
  return parseConstant(cursor)
}

function failAggregate(cursor: Cursor): never {
  const { text } = cursor.peek()
  cursor.fail(`The aggregate ${text} stands inside an expression.`, {
    hint: `Give it a name, N = ${text}{ ... }, and use N.`,
  })
}

function parseParentheses(reading: Reading): Expression {
  const { cursor } = reading
  const start = cursor.take()
  countPart(reading)
  const inner = parseSum(reading)
  cursor.expect(')')
  return { ...inner, span: cursor.spanFrom(start) }
}

/** `+(X, 1)`; also `-(X)`, the same as `-X`. */
function parseCall(reading: Reading, operator: Operator): Expression {
  const { cursor } = reading
  const start = cursor.take()
  cursor.take()
  countPart(reading)
  const first = parseSum(reading)
  if (operator === '-' && cursor.accept(')')) return negated(first, cursor.spanFrom(start))
  if (!cursor.accept(',')) cursor.failExpecting(',', `${operator} takes two arguments.`)
  const right = parseSum(reading)
  cursor.expect(')', `${operator} takes two arguments.`)
  return { kind: 'arithmetic', operator, left: first, right, span: cursor.spanFrom(start) }
}

function parseMinus(reading: Reading): Expression {
  const { cursor } = reading
  const start = cursor.take()
  const { kind, value } = cursor.peek()
  if (kind === 'number' && typeof value === 'number') {
    cursor.take()
    return constant(value === 0 ? 0 : -value, cursor.spanFrom(start))
  }
  countPart(reading)
  const operand = parseFactor(reading)
  return negated(operand, cursor.spanFrom(start))
}

function negated(right: Expression, span: Span): Expression {
  return { kind: 'arithmetic', operator: '-', left: constant(0, span), right, span }
}

function parseVariable(cursor: Cursor): Expression {
  const token = cursor.take()
  if (cursor.isSymbol('(')) {
    const { text } = token
    cursor.fail(`${text}(...) cannot be a relation: ${text} is a variable.`, {
      hint: `A relation begins with a small letter, or stands between quotes: '${text}'(...).`,
      span: token,
    })
  }
  return { kind: 'variable', name: token.text, span: cursor.spanFrom(token) }
}

function parseConstant(cursor: Cursor): Constant {
  const { kind } = cursor.peek()
  if (kind === 'variable' || kind === 'symbol' || kind === 'stop' || kind === 'end') {
    cursor.failExpecting('a value or a variable')
  }
  const token = cursor.take()
  return constant(token.value, cursor.spanFrom(token))
}

function constant(value: Value, span: Span): Constant {
  return { kind: 'constant', value, span }
}

/** `[a, 1]`: a value made of values. */
function parseList(reading: Reading): Constant {
  const cursor: Cursor = reading.cursor
  const start = cursor.take()
  countPart(reading)
  const values: Value[] = []
  while (!cursor.isSymbol(']')) {
    if (values.length > 0) cursor.expect(',')
    const part = parseFactor(reading)
    if (part.kind !== 'constant') {
      cursor.fail(`${cursor.textOf(part.span)} stands in a list.`, {
        hint: 'A list is one value, made of values; nothing looks into it.',
        span: part.span,
      })
    }
    values.push(part.value)
  }
  cursor.take()
  return constant(values, cursor.spanFrom(start))
}

function parseCompound(reading: Reading): Constant {
  const { cursor } = reading
  const start = cursor.take()
  cursor.take()
  countPart(reading)
  if (!cursor.accept(')')) {
    do parseSum(reading)
    while (cursor.accept(','))
    cursor.expect(')')
  }
  const span = cursor.spanFrom(start)
  reading.compound ??= span
  return constant('', span)
}
