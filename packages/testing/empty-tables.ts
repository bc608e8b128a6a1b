import type { Pool } from 'pg'

/**
 * Deletes all rows of these tables and of every table that refers to them, as `truncate … cascade` does. That makes
 * new files for each table and each index, which takes ten times as long where there are hardly any rows.
 */
export async function emptyTables(
  pool: Pick<Pool, 'query'>,
  ...names: readonly string[]
): Promise<void> {
  // A whole text is one transaction. As a replica, PostgreSQL leaves references alone: none of them is left.
  const known = statements.get(names.join()) ?? (await writeStatements(pool, names))
  await pool.query(known)
}

/** All databases of a run have the same tables. */
const statements = new Map<string, string>()

async function writeStatements(
  pool: Pick<Pool, 'query'>,
  names: readonly string[],
): Promise<string> {
  const { rows } = await pool.query<{ name: string }>(
    `with recursive emptied (id) as (
      select name::regclass::oid from unnest($1::text[]) name
      union
      select conrelid from pg_constraint join emptied on confrelid = id where contype = 'f'
    ) select id::regclass::text as name from emptied`,
    [[...names]],
  )
  const deletes = rows.map(({ name }) => `delete from ${name};`)
  const text = `set local session_replication_role = replica; ${deletes.join(' ')}`
  statements.set(names.join(), text)
  return text
}
