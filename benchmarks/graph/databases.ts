import { PostgresKvStore } from '@rose-ash/blog/graph/kv/postgres-kv-store'
import { createDatabase } from '@rose-ash/shared/infrastructure/database'
import { migrateDatabase } from '@rose-ash/shared/infrastructure/migrate'
import { loadStore } from './load.ts'

export interface FilledDatabase {
  readonly url: string
  /** Of the store's tables and their indexes. */
  readonly diskBytes: number
}

/** A database of its own with a graph in it, as it is some time after it was written. */
export async function createFilledDatabase(
  serverUrl: string,
  size: number,
): Promise<FilledDatabase> {
  const name = `graph_${size}`
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  await using server = createDatabase({ url: serverUrl })
  await server.pool.query(`create database ${name}`)
  await migrateDatabase({ url: url.href })

  await using connection = createDatabase({ url: url.href, poolSize: 1 })
  await using store = new PostgresKvStore({ database: connection.database })
  await loadStore(store, size)
  const { pool } = connection
  await pool.query('set statement_timeout = 0')
  await pool.query('vacuum (analyze) kv_entries, kv_changes')
  await pool.query('checkpoint')
  const { rows } = await pool.query<{ bytes: string }>(
    `select pg_total_relation_size('kv_entries') + pg_total_relation_size('kv_changes') as bytes`,
  )
  return { url: url.href, diskBytes: Number(rows[0]?.bytes) }
}
