import { DatalogError } from '../language/errors.ts'
import type { AggregateOperator } from '../language/syntax.ts'
import type { Values } from '../store/values.ts'

export interface Fold {
  readonly operator: AggregateOperator
  readonly values: Values
  /** As written, for errors. */
  readonly text: string
}

/** The aggregate of a group's first terms, one a tuple; undefined for the least or greatest of nothing. */
export function foldCodes(
  { operator, values, text }: Fold,
  codes: readonly number[],
): number | undefined {
  if (operator === 'count') return values.encode(codes.length)
  if (operator === 'sum') return addUp({ operator, values, text }, codes)
  if (operator === 'collect')
    return values.encodeList(codes.toSorted((left, right) => values.compare(left, right)))
  return codes.length === 0
    ? undefined
    : codes.reduce((left, right) => better({ operator, values, text }, left, right))
}

export function better({ operator, values }: Fold, left: number, right: number): number {
  const order = values.compare(left, right)
  return (operator === 'min' ? order <= 0 : order >= 0) ? left : right
}

/** Integers exactly; where there are others, in order of size, so that the rounding is always the same. */
function addUp(fold: Fold, codes: readonly number[]): number {
  const numbers = codes.map((code) => numberOf(fold, code))
  if (!numbers.every(Number.isInteger))
    return encodeSum(
      fold,
      numbers.toSorted((left, right) => left - right).reduce((sum, number) => sum + number, 0),
    )
  return encodeSum(fold, Number(numbers.reduce((sum, number) => sum + BigInt(number), 0n)))
}

/** Throws a DatalogError with code `arithmetic` for what is not a number. */
export function numberOf({ values, text }: Fold, code: number): number {
  const value = values.decode(code)
  if (typeof value === 'number') return value
  throw fail(`${JSON.stringify(value)} is not a number`, text)
}

function encodeSum({ values, text }: Fold, sum: number): number {
  if (Number.isFinite(sum) && (!Number.isInteger(sum) || Number.isSafeInteger(sum)))
    return values.encode(sum)
  throw fail('the sum leaves the numbers that are exact', text)
}

function fail(what: string, text: string): DatalogError {
  return new DatalogError([{ code: 'arithmetic', message: `${what} in ${text}.`, hint: '' }])
}
