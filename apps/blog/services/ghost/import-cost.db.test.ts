import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { letters } from './test-export.ts'
import { createImportTarget, type ImportTarget } from './test-import.ts'

let target: ImportTarget
beforeAll(async () => {
  target = await createImportTarget()
  // Planted once, whatever the size of the first import.
  await target.run(letters({}))
  // It reads rows too, whenever it likes.
  await target.query(`do $$ declare name text; begin
    for name in select tablename from pg_tables where schemaname = 'public' loop
      execute format('alter table %I set (autovacuum_enabled = false)', name);
    end loop;
  end $$`)
})
afterAll(() => target[Symbol.asyncDispose]())

/** Rows that PostgreSQL has read and written for this database so far, once all have said what they did. */
async function rowsTouched(): Promise<number> {
  for (let last = await countRows(); ;) {
    await sleep(200)
    const now = await countRows()
    if (now === last) return now
    last = now
  }
}

async function countRows(): Promise<number> {
  // A connection keeps what it has counted for a second or longer, unless it is told not to.
  const { pool } = target.connection
  const clients = await Promise.all(Array.from({ length: pool.totalCount }, () => pool.connect()))
  for (const client of clients) {
    await client.query('select pg_stat_force_next_flush()')
    client.release()
  }
  // Of our tables alone: what is read of PostgreSQL's own depends on how long a connection has lived.
  const [row] = await target.query(`select
    sum(seq_tup_read + coalesce(idx_tup_fetch, 0) + n_tup_ins + n_tup_upd + n_tup_del)::bigint as rows
    from pg_stat_user_tables`)
  return Number(row?.['rows'])
}

/** Posts that link each other, as many as are asked for. */
async function costOf(count: number): Promise<number> {
  await target.reset()
  const linked = Array.from({ length: count }, (_, index) => ({
    html: `<p><a href="/letter-${((index * 7) % count) + 1}/">on</a></p>`,
    lexical: null,
  }))
  const before = await rowsTouched()
  await target.run(letters(...linked))
  return ((await rowsTouched()) - before) / count
}

it('a post of a large site costs no more than one of a small site', async () => {
  const small = await costOf(40)
  const large = await costOf(200)
  expect(small).toBeGreaterThan(10)
  expect(large).toBeLessThan(small * 1.5)
}, 120_000)
