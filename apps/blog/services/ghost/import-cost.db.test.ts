import { afterAll, beforeAll, expect, it } from 'vitest'
import { letters } from './test-export.ts'
import { createImportTarget, type ImportTarget } from './test-import.ts'

let target: ImportTarget
beforeAll(async () => {
  target = await createImportTarget()
  // Planted once, whatever the size of the first import.
  await target.run(letters({}))
})
afterAll(() => target[Symbol.asyncDispose]())

/** Rows that PostgreSQL has read and written for this database so far. */
async function rowsTouched(): Promise<number> {
  await target.query('select pg_stat_force_next_flush()')
  const [row] = await target.query(`select
    (tup_returned + tup_fetched + tup_inserted + tup_updated + tup_deleted)::bigint as rows
    from pg_stat_database where datname = current_database()`)
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
