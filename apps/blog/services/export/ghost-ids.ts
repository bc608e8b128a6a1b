import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { authors, type Database, newsletters, posts, tags, tiers } from '../../models/index.ts'

/** A row that may have come from a Ghost site. */
export interface GhostRow {
  readonly id: string
  readonly sourceId: string | null
}

const tables = { post: posts, tag: tags, author: authors, tier: tiers, newsletter: newsletters }

export type GhostKind = keyof typeof tables

/** The ids under which rows are exported, always the same for a row. New ones are as Ghost makes them. */
export interface GhostIds {
  of(kind: GhostKind, row: GhostRow): string
  /** Whether the row stands there under the id that it came with. */
  isOriginal(kind: GhostKind, row: GhostRow): boolean
}

/** The owner of a Ghost site, and everything before Ghost 1.0, has a number. */
const ghostId = /^(?:[\da-f]{24}|\d{1,10})$/

/**
 * A row that came from Ghost keeps its id, so that feed readers and a second import know it again; unless
 * the same site was brought here twice under two names, for then two rows would have it.
 */
export async function readGhostIds(database: Database): Promise<GhostIds> {
  const shared = new Map<GhostKind, ReadonlySet<string>>()
  for (const kind of Object.keys(tables) as GhostKind[]) {
    shared.set(kind, await findShared(database, kind))
  }
  const isOriginal = (kind: GhostKind, { sourceId }: GhostRow) =>
    sourceId !== null && ghostId.test(sourceId) && !shared.get(kind)?.has(sourceId)
  return {
    isOriginal,
    of: (kind, row) =>
      isOriginal(kind, row) && row.sourceId ? row.sourceId : derivedId(kind, row.id),
  }
}

/** 24 hexadecimal digits for rows that only an export has, and for rows that were made here. */
export function derivedId(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24)
}

async function findShared(database: Database, kind: GhostKind): Promise<ReadonlySet<string>> {
  const { sourceId } = tables[kind]
  const rows = await database
    .select({ sourceId })
    .from(tables[kind])
    .where(sql`${sourceId} is not null`)
    .groupBy(sourceId)
    .having(sql`count(*) > 1`)
  return new Set(rows.map((row) => row.sourceId ?? ''))
}
