/** A row of a Ghost export: dates as `2026-11-22 02:12:27`, booleans as 0 and 1, `__GHOST_URL__` for the site. */
export type GhostTableRow = Record<string, unknown>

/** What a Ghost site holds, as its export has it; `members` as its Admin API has them. */
export type GhostTables = Record<string, GhostTableRow[]>

export function rowsOf(tables: GhostTables, table: string): readonly GhostTableRow[] {
  return tables[table] ?? []
}

/** The rows of a link table for one post, in their order. */
export function linked(
  tables: GhostTables,
  { table, postId, column }: { table: string; postId: unknown; column: string },
): readonly unknown[] {
  return rowsOf(tables, table)
    .filter((row) => row['post_id'] === postId)
    .toSorted((one, other) => Number(one['sort_order']) - Number(other['sort_order']))
    .map((row) => row[column])
}

/**
 * Ghost's Admin API writes `2026-11-22T02:12:27.000Z`; its Content API the time in the site's zone, here that of
 * London: `2023-10-26T04:50:01.000+01:00`.
 */
export function dateOf(value: unknown, form: 'admin' | 'content'): string | null {
  if (typeof value !== 'string' || value === '') return null
  const date = new Date(`${value.replace(' ', 'T').replace(/Z$/, '')}Z`)
  if (form === 'admin') return date.toISOString()
  const name = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/London',
    timeZoneName: 'longOffset',
  }).formatToParts(date)
  const zone = name.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
  const hours = Number(/\+(\d\d)/.exec(zone)?.[1] ?? 0)
  const local = new Date(date.getTime() + hours * 3_600_000).toISOString()
  return local.replace(/Z$/, `+0${hours}:00`)
}

/** `columns` of a row, null where it has none, with the site's address put in. */
export function pick(
  row: GhostTableRow,
  columns: string,
  siteUrl: string,
): Record<string, unknown> {
  return Object.fromEntries(
    columns.split(/\s+/).map((column) => {
      const value = row[column] ?? null
      return [
        column,
        typeof value === 'string' ? value.replaceAll('__GHOST_URL__', siteUrl) : value,
      ]
    }),
  )
}

export function isSet(value: unknown): boolean {
  return value === true || value === 1
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
