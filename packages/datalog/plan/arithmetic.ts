import { DatalogError } from '../language/errors.ts'
import type { Operator, Value } from '../language/syntax.ts'
import type { Values } from '../store/values.ts'

/** The code of `left operator right`. Throws a DatalogError with code `arithmetic` that names the expression. */
export function calculate(
  { values, operator, text }: { values: Values; operator: Operator; text: string },
  left: number,
  right: number,
): number {
  const first = values.decode(left)
  const second = values.decode(right)
  if (typeof first !== 'number' || typeof second !== 'number')
    throw fail(text, `${show(typeof first === 'number' ? second : first)} is not a number`)
  return values.encode(
    checkResult(apply({ operator, text }, first, second), { text, first, second }),
  )
}

function apply(
  { operator, text }: { operator: Operator; text: string },
  left: number,
  right: number,
): number {
  if (operator === '+') return left + right
  if (operator === '-') return left - right
  if (operator === '*') return left * right
  if (right === 0) throw fail(text, 'division by zero')
  if (operator === 'mod') return left % right
  const isWhole = Number.isInteger(left) && Number.isInteger(right)
  return isWhole ? Math.trunc(left / right) : left / right
}

function checkResult(
  result: number,
  { text, first, second }: { text: string; first: number; second: number },
): number {
  if (Number.isInteger(first) && Number.isInteger(second)) {
    if (Number.isSafeInteger(result)) return result
    throw fail(text, `${first} and ${second} lead out of the integers that are exact`)
  }
  if (Number.isFinite(result) && (!Number.isInteger(result) || Number.isSafeInteger(result)))
    return result
  throw fail(text, `${first} and ${second} lead out of the numbers that are exact`)
}

function fail(text: string, what: string): DatalogError {
  return new DatalogError([{ code: 'arithmetic', message: `${what} in ${text}.`, hint: '' }])
}

function show(value: Value): string {
  return JSON.stringify(value)
}
