/**
 * Whether two serialised documents say the same. A document that came from the database has its
 * properties in another order.
 */
export function isSameDocument(one: string, other: string): boolean {
  return one === other || canonical(one) === canonical(other)
}

function canonical(json: string): string {
  try {
    return JSON.stringify(sorted(JSON.parse(json)))
  } catch {
    return json
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]))
}
