import type { AnyRow } from '../contract.ts'
import type { Value } from '../language/syntax.ts'

/** A row's values in the order of its columns. */
export function rowValues(row: AnyRow): readonly Value[] {
  return isArray(row) ? row : Object.values(row)
}

function isArray(row: AnyRow): row is readonly Value[] {
  return Array.isArray(row)
}

/** More rows than this stay as they are: nobody reads them all. */
const sortedRows = 20_000

/** In the order that people expect of a list. */
export function sortRows(rows: readonly (readonly Value[])[]): readonly (readonly Value[])[] {
  return rows.length > sortedRows ? rows : rows.toSorted(compareRows)
}

/** Numbers before text, each in its own order. */
function compareRows(one: readonly Value[], other: readonly Value[]): number {
  for (const [index, value] of one.entries()) {
    const order = compareValues(value, other[index] ?? '')
    if (order !== 0) return order
  }
  return one.length - other.length
}

function compareValues(one: Value, other: Value): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  if (typeof one === 'number') return -1
  if (typeof other === 'number') return 1
  const [left, right] = [String(one), String(other)]
  return left < right ? -1 : left > right ? 1 : 0
}
