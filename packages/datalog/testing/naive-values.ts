import { type Comparator, type Operator, type Value } from '../language/syntax.ts'

/** What the naive evaluator throws where the engine must refuse a transaction. */
export class NaiveError extends Error {
  override readonly name = 'NaiveError'
}

export type Row = readonly Value[]

export function keyOf(row: Row): string {
  return JSON.stringify(row)
}

export function isEqual(left: Value, right: Value): boolean {
  if (typeof left !== 'object' || typeof right !== 'object') return left === right
  return JSON.stringify(left) === JSON.stringify(right)
}

/** Numbers before text before lists; text by code unit. */
export function compareValues(left: Value, right: Value): number {
  const ranks = rankOf(left) - rankOf(right)
  if (ranks !== 0) return ranks
  if (typeof left === 'object' && typeof right === 'object') return compareLists(left, right)
  if (left === right) return 0
  return left < right ? -1 : 1
}

export function holds(operator: Comparator, left: Value, right: Value): boolean {
  switch (operator) {
    case '=':
      return isEqual(left, right)
    case '!=':
      return !isEqual(left, right)
    case '<':
      return compareValues(left, right) < 0
    case '<=':
      return compareValues(left, right) <= 0
    case '>':
      return compareValues(left, right) > 0
    case '>=':
      return compareValues(left, right) >= 0
  }
}

export function calculate(operator: Operator, left: Value, right: Value): number {
  if (typeof left !== 'number' || typeof right !== 'number') {
    throw new NaiveError(
      `${JSON.stringify(left)} ${operator} ${JSON.stringify(right)}: not numbers`,
    )
  }
  const result = calculateNumbers(operator, left, right)
  if (!Number.isFinite(result) || (Number.isInteger(result) && !Number.isSafeInteger(result))) {
    throw new NaiveError(`${left} ${operator} ${right} has no exact result`)
  }
  return result === 0 ? 0 : result
}

function calculateNumbers(operator: Operator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return Number.isInteger(left) && Number.isInteger(right)
        ? Math.trunc(left / right)
        : left / right
    case 'mod':
      return left % right
  }
}

function rankOf(value: Value): number {
  return typeof value === 'number' ? 0 : typeof value === 'string' ? 1 : 2
}

function compareLists(left: Row, right: Row): number {
  for (const [index, value] of left.entries()) {
    const other = right[index]
    if (other === undefined) return 1
    const order = compareValues(value, other)
    if (order !== 0) return order
  }
  return left.length - right.length
}
