import { isReserved } from './reserved.ts'
import { placeholder } from './source.ts'
import type { Atom, Clause, Expression, Literal, Operator, Query, Value } from './syntax.ts'

const plainName = /^(?=\p{L})[^\p{Lu}\p{Lt}][\p{L}\p{M}\p{N}_]*$/u
/** Longer clauses have a literal a line. */
const maxWidth = 100

/** A value as it stands in a program: text without quotes where it needs none. */
export function formatValue(value: Value): string {
  if (typeof value === 'number') return formatNumber(value)
  if (typeof value === 'string') return isPlain(value) ? value : quote(value, '"')
  return `[${value.map(formatValue).join(', ')}]`
}

/** With the fewest parentheses. */
export function formatExpression(expression: Expression): string {
  if (expression.kind === 'variable') return expression.name
  if (expression.kind === 'constant') return formatValue(expression.value)
  const { operator, left, right } = expression
  const own = precedenceOf(operator)
  const leftText = inParentheses(left, levelOf(left) < own)
  const rightText = inParentheses(right, levelOf(right) <= own)
  return `${leftText} ${operator} ${rightText}`
}

export function formatAtom({ relation, terms }: Atom): string {
  const name = isPlain(relation) ? relation : quote(relation, "'")
  return terms.length > 0 ? `${name}(${terms.map(formatExpression).join(', ')})` : name
}

/** In the modern spelling. */
export function formatLiteral(literal: Literal): string {
  switch (literal.kind) {
    case 'atom':
      return formatAtom(literal.atom)
    case 'not':
      return `not ${formatAtom(literal.atom)}`
    case 'comparison': {
      const { operator, left, right } = literal
      return `${formatExpression(left)} ${operator} ${formatExpression(right)}`
    }
    case 'aggregate': {
      const { operator, result, terms, body } = literal
      const inner = `${terms.map(formatExpression).join(', ')} : ${body.map(formatLiteral).join(', ')}`
      const braces = `${operator}{ ${inner} }`
      const isList = result.kind === 'constant' && typeof result.value === 'object'
      return isList
        ? `${braces} = ${formatExpression(result)}`
        : `${formatExpression(result)} = ${braces}`
    }
  }
}

/** On one line, with its full stop. */
export function formatClause(clause: Clause | Query): string {
  const body = clause.body.map(formatLiteral).join(', ')
  const start = formatStart(clause)
  return `${start}${start && body ? ' ' : ''}${body}.`
}

/** On one line if it fits, else with a literal a line. */
export function layOutClause(clause: Clause | Query): string {
  const line = formatClause(clause)
  if (line.length <= maxWidth || clause.body.length === 0) return line
  const literals = clause.body.map((literal) => `  ${formatLiteral(literal)}`)
  return `${formatStart(clause)}\n${literals.join(',\n')}.`
}

function formatStart(clause: Clause | Query): string {
  if (clause.kind === 'query') return '?-'
  const head = formatAtom(clause.head)
  return clause.body.length > 0 ? `${head} :-` : head
}

function isPlain(name: string): boolean {
  return plainName.test(name) && !isReserved(name)
}

function formatNumber(value: number): string {
  return Object.is(value, -0) ? '0' : String(value)
}

function precedenceOf(operator: Operator): number {
  return operator === '+' || operator === '-' ? 1 : 2
}

function levelOf(expression: Expression): number {
  return expression.kind === 'arithmetic' ? precedenceOf(expression.operator) : 3
}

function inParentheses(expression: Expression, isNeeded: boolean): string {
  const text = formatExpression(expression)
  return isNeeded ? `(${text})` : text
}

/** What does not show, or would end the line, is written as an escape. */
function quote(text: string, mark: string): string {
  const escaped = text.replaceAll(/[\\\p{Cc}\p{Cs}\p{Zl}\p{Zp}\uFFFC\uFEFF]/gu, escape)
  return `${mark}${escaped.replaceAll(mark, `\\${mark}`)}${mark}`
}

function escape(character: string): string {
  if (character === '\\') return '\\\\'
  if (character === '\n') return '\\n'
  if (character === '\t') return '\\t'
  if (character === '\r') return '\\r'
  return character === placeholder ? '\\u{fffc}' : `\\u{${character.codePointAt(0)!.toString(16)}}`
}
