import { and, eq, inArray } from 'drizzle-orm'
import { authors, type Database, posts, tags } from '../../../models/index.ts'

const tables = { post: posts, tag: tags, author: authors } as const

/** Finds what an import has brought here. */
export interface ImportedIds {
  /** Our ids by those that an archive has. What is not here is missing. */
  find(kind: keyof typeof tables, ids: readonly string[]): Promise<ReadonlyMap<string, string>>
}

/** `adoptedTags`: tags that were here before, by the archive's ids. */
export function createImportedIds(
  database: Database,
  { source, adoptedTags }: { source: string; adoptedTags: ReadonlyMap<string, string> },
): ImportedIds {
  return {
    async find(kind, ids) {
      if (ids.length === 0) return new Map()
      const { id, source: from, sourceId } = tables[kind]
      const rows = await database
        .select({ id, sourceId })
        .from(tables[kind])
        .where(and(eq(from, source), inArray(sourceId, [...new Set(ids)])))
      const found = rows.map((row) => [row.sourceId ?? '', row.id] as const)
      return new Map([...(kind === 'tag' ? adoptedTags : []), ...found])
    },
  }
}
