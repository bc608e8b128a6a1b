import { inArray } from 'drizzle-orm'
import { authors, type Database, posts, tags } from '../../models/index.ts'
import { parseName } from '../graph/names.ts'
import type { GhostIds } from './ghost-ids.ts'

const tables = { post: posts, tag: tags, author: authors } as const

/**
 * The names of objects of the graph as they stand in an export: with the ids that posts, tags and authors have
 * there. Those of what is not there, or is in the trash, are missing.
 */
export async function exportedNames(
  database: Database,
  ids: GhostIds,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  const wanted = { post: new Set<string>(), tag: new Set<string>(), author: new Set<string>() }
  for (const name of names) {
    const parsed = parseName(name)
    if (parsed && 'id' in parsed) wanted[parsed.kind].add(parsed.id)
    else found.set(name, name)
  }
  for (const kind of ['post', 'tag', 'author'] as const) {
    if (wanted[kind].size === 0) continue
    const table = tables[kind]
    const rows = await database
      .select({
        id: table.id,
        sourceId: table.sourceId,
        ...(kind === 'post' && { status: posts.status }),
      })
      .from(table)
      .where(inArray(table.id, [...wanted[kind]]))
    for (const row of rows) {
      if ('status' in row && row.status === 'trashed') continue
      found.set(`${kind}:${row.id}`, `${kind}:${ids.of(kind, row)}`)
    }
  }
  return found
}

type FieldValues = Readonly<Record<string, unknown>>

/** Objects that fields name, among other texts. */
export function namesIn(values: FieldValues): readonly string[] {
  return Object.values(values).filter((value): value is string => typeof value === 'string')
}
