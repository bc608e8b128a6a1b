import type { Comparator, Operator } from './syntax.ts'
import type { Token } from './tokens.ts'

/** `+`, `-`, `*`, `/` or `mod`. */
export function findOperator({ kind, text }: Token): Operator | undefined {
  if (kind === 'name') return text === 'mod' ? text : undefined
  if (kind !== 'symbol') return undefined
  return text === '+' || text === '-' || text === '*' || text === '/' ? text : undefined
}

export function isSumOperator(operator: Operator): boolean {
  return operator === '+' || operator === '-'
}

export function isProductOperator(operator: Operator): boolean {
  return !isSumOperator(operator)
}

/** `is` means what `=` means. */
export function findComparator({ kind, text }: Token): Comparator | undefined {
  if (kind === 'name' && text === 'is') return '='
  return kind === 'symbol' && /^(?:[<>]=?|!?=)$/.test(text) ? (text as Comparator) : undefined
}
