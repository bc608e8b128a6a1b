import { and, asc, eq, gt, gte, lt, sql } from 'drizzle-orm'
import { kvEntries, type Queryable } from '../../models/index.ts'
import { decodeKey, encodeKey, keyRange } from './key.ts'
import type { KvEntry, KvReader, KvValue } from './kv-store.ts'

/** Reads `kv_entries`; in a transaction, as they are there. */
export function createPostgresKvReader(database: Queryable): KvReader {
  return {
    async get(key) {
      const [row] = await database
        .select({ value: kvEntries.value })
        .from(kvEntries)
        .where(eq(kvEntries.key, encodeKey(key)))
      return row?.value as KvValue | undefined
    },
    async scan(prefix, { after, limit } = {}) {
      const { start, end } = keyRange(prefix)
      const past = after === undefined ? undefined : gt(kvEntries.key, encodeKey(after))
      const query = database
        .select()
        .from(kvEntries)
        .where(and(gte(kvEntries.key, start), lt(kvEntries.key, end), past))
        .orderBy(asc(kvEntries.key))
      return readRows(await (limit === undefined ? query : query.limit(Math.max(0, limit))))
    },
    async scanAll(prefixes) {
      const ranges = prefixes.map((prefix) => keyRange(prefix))
      const starts = ranges.map(({ start }) => start)
      const ends = ranges.map(({ end }) => end)
      const { rows } = await database.execute<{ key: Buffer; value: unknown }>(sql`
        select kv_entries.key, kv_entries.value
        from unnest(${sql.param(starts)}::bytea[], ${sql.param(ends)}::bytea[]) as wanted (first, past)
        join kv_entries on kv_entries.key >= wanted.first and kv_entries.key < wanted.past
        order by kv_entries.key`)
      return readRows(rows)
    },
  }
}

function readRows(rows: readonly { readonly key: Buffer; readonly value: unknown }[]): KvEntry[] {
  return rows.map(({ key, value }) => ({ key: decodeKey(key), value: value as KvValue }))
}
