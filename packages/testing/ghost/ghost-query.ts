import type { GhostTableRow } from './ghost-tables.ts'

/** Ghost 6 gives no more, whatever is asked for. */
const mostRows = 100

export interface QueriedPage {
  readonly rows: readonly GhostTableRow[]
  readonly pagination: Readonly<Record<string, number | null>>
}

/** As far as Ghost's filters are used: comparisons of `updated_at`, and lists of ids. */
export function queryRows(
  all: readonly GhostTableRow[],
  query: URLSearchParams,
): QueriedPage | undefined {
  const test = readFilter(query.get('filter'))
  if (!test) return undefined
  const found = all.filter(test).toSorted(readOrder(query.get('order')))
  const wanted = query.get('limit') === 'all' ? mostRows : Number(query.get('limit') ?? 15)
  const limit = Math.min(wanted, mostRows)
  const page = Number(query.get('page') ?? 1)
  const pages = Math.max(1, Math.ceil(found.length / limit))
  const fields = query.get('fields')?.split(',')
  const rows = found.slice((page - 1) * limit, page * limit)
  return {
    rows: fields ? rows.map((row) => only(row, fields)) : rows,
    pagination: {
      page,
      limit,
      pages,
      total: found.length,
      next: page < pages ? page + 1 : null,
      prev: page > 1 ? page - 1 : null,
    },
  }
}

function only(row: GhostTableRow, fields: readonly string[]): GhostTableRow {
  return Object.fromEntries(Object.entries(row).filter(([name]) => fields.includes(name)))
}

function readFilter(text: string | null): ((row: GhostTableRow) => boolean) | undefined {
  if (!text) return () => true
  const [, sign, since] = /^updated_at:(>=?)'([^']+)'$/.exec(text) ?? []
  if (since) {
    const bound = Date.parse(since)
    return ({ updated_at }) => {
      const time = Date.parse(String(updated_at))
      return time > bound || (sign === '>=' && time === bound)
    }
  }
  const [, ids] = /^id:\[([\da-f,]*)\]$/.exec(text) ?? []
  if (ids !== undefined) {
    const wanted = new Set(ids.split(','))
    return ({ id }) => wanted.has(String(id))
  }
  return undefined
}

function readOrder(text: string | null) {
  const parts = (text ?? '').split(',').flatMap((part) => {
    const [column, direction] = part.trim().split(' ')
    return column ? [{ column, sign: direction?.toLowerCase() === 'desc' ? -1 : 1 }] : []
  })
  return (one: GhostTableRow, other: GhostTableRow): number => {
    for (const { column, sign } of parts) {
      const [left, right] = [String(one[column]), String(other[column])]
      if (left !== right) return left < right ? -sign : sign
    }
    return 0
  }
}
