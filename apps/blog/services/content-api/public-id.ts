import { type Column, inArray, or, type SQL, sql } from 'drizzle-orm'

/** The columns that say what a row is called outside. */
export interface Identified {
  readonly id: Column
  readonly source: Column
  readonly sourceId: Column
}

/**
 * What programs know a row by: the id it had at the site it came from, so that a front end of that
 * site goes on finding it, or our own.
 */
export function publicIdOf(row: { readonly id: string; readonly sourceId: string | null }): string {
  return row.sourceId ?? row.id
}

/** Whether a row is one of these, called by its id at its source or by ours. For others it may be null. */
export function hasPublicId(table: Identified, ids: readonly string[]): SQL {
  const ours = ids.filter((id) => uuid.test(id))
  const theirs = ids.filter((id) => !uuid.test(id))
  const found = or(
    ours.length > 0 ? inArray(table.id, ours) : undefined,
    theirs.length > 0
      ? sql`(${table.source} in (${knownSources}) and ${inArray(table.sourceId, theirs)})`
      : undefined,
  )
  return sql`(${found ?? sql`false`})`
}

const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i

/** Few, so that an id can be looked up by the index on the source and the id there. */
const knownSources = sql.raw(
  'select source from content_imports union select name from ghost_sources',
)
