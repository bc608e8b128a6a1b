import { kindWords } from '../graph/describe-objects.ts'
import type { ListEntry } from './list-entries.ts'

/** An entry as pages are told of it. */
export interface ListRow {
  readonly name: string
  readonly title: string
  readonly url: string
  readonly kind: string
}

export interface AddedRow extends ListRow {
  /** The row that it stands before; null at the end. */
  readonly before: string | null
}

export type ListChange =
  /** `added` is in the order of the list: put in from the last to the first, each finds its place. */
  | {
      readonly kind: 'change'
      readonly data: { readonly added: readonly AddedRow[]; readonly removed: readonly string[] }
    }
  /** Everything, where rows that stay have changed their order. */
  | { readonly kind: 'rows'; readonly data: { readonly rows: readonly ListRow[] } }

export function rowOf({ name, title, url, kind }: ListEntry): ListRow {
  // Most are posts, and nobody needs to be told so on each line.
  return { name, title, url, kind: kind === 'post' ? '' : kindWords[kind] }
}

/** What makes `after` of `before`; undefined when they are the same. A row that reads differently goes and comes. */
export function findChange(
  before: readonly ListRow[],
  after: readonly ListRow[],
): ListChange | undefined {
  const old = new Set(before.map(keyOf))
  const now = new Set(after.map(keyOf))
  const removed = before.filter((row) => !now.has(keyOf(row))).map(({ name }) => name)
  const added = after.flatMap((row, place) =>
    old.has(keyOf(row)) ? [] : [{ ...row, before: after[place + 1]?.name ?? null }],
  )
  const kept = before.map(keyOf).filter((key) => now.has(key))
  const keptNow = after.map(keyOf).filter((key) => old.has(key))
  if (kept.some((key, place) => key !== keptNow[place]))
    return { kind: 'rows', data: { rows: after } }
  return added.length + removed.length > 0
    ? { kind: 'change', data: { added, removed } }
    : undefined
}

function keyOf({ name, title, url }: ListRow): string {
  return JSON.stringify([name, title, url])
}
