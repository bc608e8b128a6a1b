import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../models/index.ts'
import { encodeKey } from './key.ts'
import { type Cursor, type KvOperation, lastByKey } from './kv-store.ts'

/** On this channel PostgreSQL tells of writes to the store. */
export const kvChannel = 'rose_ash_kv'

/** Writes and logs what differs. Returns the numbers of the changes; undefined when there are none. */
export async function writeOperations(
  transaction: Transaction,
  operations: readonly KvOperation[],
): Promise<{ readonly first: Cursor; readonly last: Cursor } | undefined> {
  const latest = [...lastByKey(operations, (key) => encodeKey(key).toString('latin1'))]
  const keys = latest.map(([text]) => Buffer.from(text, 'latin1'))
  const values = latest.map(([, operation]) =>
    operation.kind === 'put' ? JSON.stringify(operation.value) : null,
  )
  const { rows } = await transaction.execute<{ first: string | null; last: string | null }>(
    writeStatement(keys, values),
  )
  const { first, last } = rows[0] ?? {}
  return last ? { first: Number(first), last: Number(last) } : undefined
}

/** One statement for all of it: what is there already is neither written nor told of. */
function writeStatement(keys: readonly Buffer[], values: readonly (string | null)[]): SQL {
  return sql`
    with input as (
      select key, value::jsonb as value, place
      from unnest(${sql.param(keys)}::bytea[], ${sql.param(values)}::text[]) with ordinality
        as operation (key, value, place)
    ), deleted as (
      delete from kv_entries using input
      where kv_entries.key = input.key and input.value is null
      returning input.place, input.key, null::jsonb as value
    ), written as (
      insert into kv_entries (key, value)
      select key, value from input where value is not null
      on conflict (key) do update set value = excluded.value
      where kv_entries.value is distinct from excluded.value
      returning key, value
    ), logged as (
      insert into kv_changes (key, value)
      select key, value from (
        select place, key, value from deleted
        union all
        select input.place, written.key, written.value from written join input using (key)
      ) as changes
      order by place
      returning seq
    )
    select min(seq) as first, max(seq) as last, pg_notify(${kvChannel}, '')
    from logged having count(*) > 0`
}
