import { keyOf } from './naive-values.ts'
import type { RelationRows, Rows } from './naive.ts'

/** What was expected and is not there, and what is there and was not expected; undefined when equal. */
export function describeDifference(what: string, actual: Rows, expected: Rows): string | undefined {
  const found = new Set(actual.map(keyOf))
  const wanted = new Set(expected.map(keyOf))
  const missing = [...wanted].filter((key) => !found.has(key))
  const surplus = [...found].filter((key) => !wanted.has(key))
  const doubled = found.size === actual.length ? [] : ['a row stands there twice']
  const parts = [
    ...(missing.length > 0 ? [`missing ${missing.join(' ')}`] : []),
    ...(surplus.length > 0 ? [`not expected ${surplus.join(' ')}`] : []),
    ...doubled,
  ]
  return parts.length === 0 ? undefined : `${what}: ${parts.join('; ')}`
}

/** Rows of the first that are not in the second. */
export function without(rows: Rows, others: Rows): Rows {
  const known = new Set(others.map(keyOf))
  return rows.filter((row) => !known.has(keyOf(row)))
}

/** Compares relation by relation; a name that only one side has stands for no rows. */
export function describeDifferences(
  what: string,
  actual: RelationRows,
  expected: RelationRows,
): string | undefined {
  const names = new Set([...actual.keys(), ...expected.keys()])
  const differences = [...names].flatMap((name) => {
    const rows = [actual.get(name) ?? [], expected.get(name) ?? []] as const
    return describeDifference(`${what} of ${name}`, ...rows) ?? []
  })
  return differences.length === 0 ? undefined : differences.join('\n')
}
