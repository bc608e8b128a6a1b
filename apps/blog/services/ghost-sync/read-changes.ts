import type { GhostReader, GhostResource, GhostRow } from './ghost-reader.ts'

export interface ChangedRows {
  readonly rows: readonly GhostRow[]
  /** Up to this time of change all has been read when these rows are stored. */
  readonly cursor: string | undefined
}

/**
 * Rows in the order in which they were changed, a page at a time, from `cursor` on. What is changed meanwhile
 * moves to the end, so the pages are cut by the time of the last row and not by their number; rows of that very
 * second come again, since Ghost knows no smaller times, and are left out.
 */
export async function* readChanges(
  reader: GhostReader,
  resource: GhostResource,
  { cursor, signal }: { readonly cursor: string | undefined; readonly signal?: AbortSignal },
): AsyncGenerator<ChangedRows> {
  let from = cursor
  let page = 1
  let seen: ReadonlySet<string> = new Set()
  for (;;) {
    const filter = from === undefined ? {} : { filter: `updated_at:>='${from}'` }
    const order = 'updated_at asc,id asc'
    const answer = await reader.readPage(resource, { page, order, ...filter }, signal)
    const rows = answer.rows.filter(({ id }) => !seen.has(id))
    const last = timeOf(answer.rows.at(-1)) ?? from
    yield { rows, cursor: last }
    if (answer.next === undefined) return
    const isSameTime = last === from
    const atLast = answer.rows.filter((row) => timeOf(row) === last).map(({ id }) => id)
    seen = new Set(isSameTime ? [...seen, ...atLast] : atLast)
    page = isSameTime ? page + 1 : 1
    from = last
  }
}

/** In UTC, as a filter takes it. */
export function timeOf(row: GhostRow | undefined): string | undefined {
  const time = new Date(typeof row?.['updated_at'] === 'string' ? row['updated_at'] : '')
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString()
}

/** All rows, a page at a time, for lists that are short. */
export async function* readAll(
  reader: GhostReader,
  resource: GhostResource,
  {
    fields,
    signal,
  }: { readonly fields?: readonly string[]; readonly signal?: AbortSignal | undefined } = {},
): AsyncGenerator<readonly GhostRow[]> {
  for (let page: number | undefined = 1; page !== undefined;) {
    const query = { page, order: 'id asc', ...(fields && { fields }) }
    const answer = await reader.readPage(resource, query, signal)
    yield answer.rows
    page = answer.next
  }
}
