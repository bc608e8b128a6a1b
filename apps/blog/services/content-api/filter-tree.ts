/** What a filter says, read: `tag:news+featured:true`. */
export type Filter = FilterGroup | FilterComparison

export interface FilterGroup {
  readonly kind: 'all' | 'any'
  /** Two at least. */
  readonly parts: readonly Filter[]
}

export interface FilterComparison {
  readonly kind: 'compare'
  readonly field: string
  readonly operator: FilterOperator
  /** More than one only with `is` and `is-not`, which then mean: any of them, none of them. */
  readonly values: readonly FilterValue[]
  /** Where the field stands in the text, from 1. */
  readonly at: number
}

/** What is written between the colon and the value. */
export const operatorSigns = {
  is: '',
  'is-not': '-',
  above: '>',
  'at-least': '>=',
  below: '<',
  'at-most': '<=',
  contains: '~',
  begins: '~^',
  ends: '~$',
  'not-contains': '-~',
  'not-begins': '-~^',
  'not-ends': '-~$',
} as const

export type FilterOperator = keyof typeof operatorSigns

export type FilterValue = string | number | boolean | null | RelativeTime

/** So long before or after the moment of asking: `now-30d`. */
export interface RelativeTime {
  readonly sign: '-' | '+'
  readonly amount: number
  readonly unit: TimeUnit
}

/** Seconds, minutes, hours, days, weeks, months, years. */
export type TimeUnit = 's' | 'm' | 'h' | 'd' | 'w' | 'M' | 'y'

/** Why a filter was not taken, and where. */
export class FilterError extends Error {
  override name = 'FilterError'
  /** From 1. */
  readonly at: number

  constructor(reason: string, at: number) {
    super(`${reason} (at character ${at} of the filter)`)
    this.at = at
  }
}

/** The filter as text; `parseFilter` reads it as the same again. */
export function printFilter(filter: Filter): string {
  if (filter.kind === 'compare') return printComparison(filter)
  return filter.parts
    .map((part) => (part.kind === 'compare' ? printComparison(part) : `(${printFilter(part)})`))
    .join(filter.kind === 'all' ? '+' : ',')
}

function printComparison({ field, operator, values }: FilterComparison): string {
  const [first] = values
  // A sign before a bare number would be read as `is-not`.
  const needsList = values.length > 1 || (typeof first === 'number' && first < 0)
  const isPlain = operator === 'is' || operator === 'is-not'
  const list = values.map(printValue).join(',')
  return `${field}:${operatorSigns[operator]}${isPlain && needsList ? `[${list}]` : list}`
}

function printValue(value: FilterValue): string {
  if (typeof value === 'string') return `'${value.replaceAll(/[\\']/g, '\\$&')}'`
  if (typeof value !== 'object' || value === null) return String(value)
  return `now${value.sign}${value.amount}${value.unit}`
}
