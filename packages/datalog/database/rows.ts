import type { AnyRow, Columns, Schema } from '../contract.ts'
import { DatalogError } from '../language/errors.ts'
import type { Value } from '../language/syntax.ts'

/** Rows as callers see them: objects where a schema names the columns, arrays elsewhere. */
export class RowShapes {
  readonly #columns: ReadonlyMap<string, readonly (readonly [string, Columns[string]])[]>

  constructor(...schemas: readonly (Schema | undefined)[]) {
    const entries = schemas.flatMap((schema) => Object.entries(schema ?? {}))
    this.#columns = new Map(entries.map(([name, columns]) => [name, Object.entries(columns)]))
  }

  get arities(): ReadonlyMap<string, number> {
    return new Map([...this.#columns].map(([name, columns]) => [name, columns.length]))
  }

  columnsOf(relation: string): readonly (readonly [string, Columns[string]])[] | undefined {
    return this.#columns.get(relation)
  }

  shape(relation: string, row: readonly Value[]): AnyRow {
    const columns = this.#columns.get(relation)
    if (!columns) return row
    return Object.fromEntries(columns.map(([name], place) => [name, row[place] as Value]))
  }

  /** Values in the order of the columns. Throws a DatalogError that names the column at fault. */
  unshape(relation: string, row: AnyRow): readonly Value[] {
    const columns = this.#columns.get(relation)
    if (!isObject(row)) {
      if (columns && row.length === columns.length)
        columns.forEach((column, place) => checkType(relation, column, row[place] as Value))
      return row
    }
    if (!columns)
      throw fail('usage', `${relation} has no named columns here.`, 'Give its row as an array.')
    const extra = Object.keys(row).find((name) => !columns.some(([known]) => known === name))
    if (extra !== undefined) throw unknownColumn(relation, extra, columns)
    return columns.map((column) => {
      const value = row[column[0]]
      if (value === undefined)
        throw fail('arity', `The row for ${relation} has no ${column[0]}.`, '')
      return checkType(relation, column, value)
    })
  }

  /** The same for many rows; those that are as they should be are not copied. */
  unshapeAll(relation: string, rows: Iterable<AnyRow>): Iterable<readonly Value[]> {
    if (!this.#columns.has(relation) && areArrays(rows)) return rows
    return this.#unshapeEach(relation, rows)
  }

  *#unshapeEach(relation: string, rows: Iterable<AnyRow>): Iterable<readonly Value[]> {
    for (const row of rows) yield this.unshape(relation, row)
  }

  /** The same where only some columns are given; the others are undefined. */
  unshapeSome(relation: string, known: object): readonly (Value | undefined)[] {
    if (Array.isArray(known)) return known as (Value | undefined)[]
    const columns = this.#columns.get(relation) ?? []
    const wrong = Object.keys(known).find((name) => !columns.some(([column]) => column === name))
    if (wrong !== undefined) throw unknownColumn(relation, wrong, columns)
    return columns.map(([name]) => (known as Readonly<Record<string, Value | undefined>>)[name])
  }
}

function checkType(
  relation: string,
  [name, type]: readonly [string, Columns[string]],
  value: Value,
): Value {
  const isRight =
    type === 'any' || (type === 'text' ? typeof value === 'string' : typeof value === 'number')
  if (isRight) return value
  throw fail('type', `${name} of ${relation} is ${type}, and ${JSON.stringify(value)} is not.`, '')
}

function areArrays(rows: Iterable<AnyRow>): rows is readonly (readonly Value[])[] {
  if (!Array.isArray(rows)) return false
  for (const row of rows) if (!Array.isArray(row)) return false
  return true
}

function isObject(row: AnyRow): row is Readonly<Record<string, Value>> {
  return !Array.isArray(row)
}

export function fail(
  code: 'usage' | 'type' | 'arity' | 'unknown-relation' | 'value',
  message: string,
  hint: string,
): DatalogError {
  return new DatalogError([{ code, message, hint }])
}

function unknownColumn(
  relation: string,
  name: string,
  columns: readonly (readonly [string, unknown])[],
): DatalogError {
  const names = columns.map(([column]) => column).join(', ')
  return fail(
    'unknown-relation',
    `${relation} has no column ${name}.`,
    names ? `It has ${names}.` : 'Give its values in order.',
  )
}
