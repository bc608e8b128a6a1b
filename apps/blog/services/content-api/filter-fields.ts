import {
  and,
  type Column,
  ilike,
  inArray,
  isNotNull,
  isNull,
  not,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import { toInstant } from './filter-times.ts'
import {
  type Filter,
  type FilterComparison,
  FilterError,
  type FilterOperator,
  type FilterValue,
} from './filter-tree.ts'
import { hasPublicId, type Identified } from './public-id.ts'

/** One thing that a filter may ask for: makes a comparison with it a condition, where null is no. */
export type FilterField = (comparison: FilterComparison) => SQL

/** All that may be asked for. Whatever is not in the table cannot be. */
export type FilterFields = Readonly<Record<string, FilterField>>

/** Throws FilterError where the filter names what is not there, or compares what cannot be. */
export function filterCondition(filter: Filter, fields: FilterFields): SQL {
  if (filter.kind === 'compare') {
    const { field, at } = filter
    if (!Object.hasOwn(fields, field)) {
      const known = Object.keys(fields).join(', ')
      throw new FilterError(`There is no field “${field}” to filter by; there are ${known}`, at)
    }
    return fields[field]!(filter)
  }
  const parts = filter.parts.map((part) => filterCondition(part, fields))
  return (filter.kind === 'all' ? and(...parts) : or(...parts)) ?? sql`true`
}

export function textField(column: Column | SQL): FilterField {
  return (comparison) => {
    const { operator } = comparison
    const pattern = patterns[operator]
    if (pattern) {
      const text = textOf(comparison.values[0], comparison)
      const matches = ilike(column, pattern(text.replaceAll(/[\\%_]/g, '\\$&')))
      return operator.startsWith('not-') ? sql`(${matches}) is not true` : matches
    }
    return compare(column, comparison, textOf)
  }
}

export function flagField(column: Column | SQL): FilterField {
  return (comparison) => {
    requireOperator(comparison, ['is', 'is-not'])
    return compare(column, comparison, (value) => {
      if (typeof value === 'boolean') return value
      throw wrong(comparison, 'takes true or false')
    })
  }
}

export function instantField(column: Column): FilterField {
  return (comparison) => {
    requireOperator(comparison, ['is', 'is-not', ...Object.keys(symbols)])
    return compare(column, comparison, (value) => {
      const instant = toInstant(value)
      if (instant) return sql`${instant.toISOString()}::timestamptz`
      throw wrong(comparison, 'takes a date, as in 2026-01-31, or now-30d')
    })
  }
}

export function numberField(column: Column): FilterField {
  return (comparison) => {
    requireOperator(comparison, ['is', 'is-not', ...Object.keys(symbols)])
    return compare(column, comparison, (value) => {
      if (Number.isSafeInteger(value)) return value
      throw wrong(comparison, 'takes a whole number')
    })
  }
}

/** By the id at the source or by ours. */
export function idField(table: Identified): FilterField {
  return (comparison) => {
    requireOperator(comparison, ['is', 'is-not'])
    const ids = comparison.values.map((value) => textOf(value, comparison))
    const found = hasPublicId(table, ids)
    return comparison.operator === 'is' ? found : sql`(${found}) is not true`
  }
}

/**
 * Rows that belong to it, of which `field` is asked: `is` means that one of them is so, `is-not` that
 * none is, and `null` that there are none. `exists` makes the condition that there is such a row.
 */
export function relatedField(exists: (condition: SQL) => SQL, field: FilterField): FilterField {
  return (comparison) => {
    const operator = positives[comparison.operator] ?? comparison.operator
    const values = comparison.values.filter((value) => value !== null)
    const found = or(
      values.length > 0 ? exists(field({ ...comparison, operator, values })) : undefined,
      values.length < comparison.values.length ? not(exists(sql`true`)) : undefined,
    )
    return operator === comparison.operator ? sql`${found}` : sql`not (${found})`
  }
}

const symbols: Partial<Record<FilterOperator, SQL>> = {
  above: sql.raw('>'),
  'at-least': sql.raw('>='),
  below: sql.raw('<'),
  'at-most': sql.raw('<='),
}

const positives: Partial<Record<FilterOperator, FilterOperator>> = {
  'is-not': 'is',
  'not-contains': 'contains',
  'not-begins': 'begins',
  'not-ends': 'ends',
}

const patterns: Partial<Record<FilterOperator, (text: string) => string>> = {
  contains: (text) => `%${text}%`,
  begins: (text) => `${text}%`,
  ends: (text) => `%${text}`,
  'not-contains': (text) => `%${text}%`,
  'not-begins': (text) => `${text}%`,
  'not-ends': (text) => `%${text}`,
}

type Read = (value: FilterValue | undefined, comparison: FilterComparison) => unknown

/** Equal, unequal and in order; what is missing is unequal to everything but null. */
function compare(column: Column | SQL, comparison: FilterComparison, read: Read): SQL {
  const { operator, values } = comparison
  const symbol = symbols[operator]
  if (symbol) return sql`${column} ${symbol} ${read(values[0], comparison)}`
  const others = values.filter((value) => value !== null).map((value) => read(value, comparison))
  const equal = or(
    others.length > 0 ? inArray(column as Column, others) : undefined,
    others.length < values.length ? isNull(column) : undefined,
  )
  if (operator === 'is') return sql`${equal}`
  return others.length < values.length && others.length === 0
    ? isNotNull(column)
    : sql`(${equal}) is not true`
}

function textOf(value: FilterValue | undefined, comparison: FilterComparison): string {
  if (value === undefined || value === null || typeof value === 'object') {
    throw wrong(comparison, 'takes a text')
  }
  return String(value)
}

function requireOperator(comparison: FilterComparison, allowed: readonly string[]): void {
  if (!allowed.includes(comparison.operator))
    throw wrong(comparison, 'cannot be compared like that')
}

function wrong({ field, at }: FilterComparison, reason: string): FilterError {
  return new FilterError(`The field “${field}” ${reason}`, at)
}
