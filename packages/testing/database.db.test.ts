import { expect, it } from 'vitest'
import { createTestDatabase } from './database.ts'

it('a test database has the tables of the platform and no rows', async () => {
  await using database = await createTestDatabase()
  const { rows } = await database.pool.query<{ relname: string; n: number }>(
    `select relname, (xpath('/row/n/text()', query_to_xml(
       format('select count(*) as n from public.%I', relname), false, true, '')))[1]::text::int as n
     from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  )
  expect(rows.length).toBeGreaterThan(10)
  expect(rows.filter(({ n }) => n > 0)).toEqual([])
})

it('test databases do not see one another', async () => {
  await using one = await createTestDatabase()
  await using other = await createTestDatabase()
  await one.pool.query('create table bread (name text)')
  const { rows } = await other.pool.query(`select to_regclass('bread') as bread`)
  expect(rows).toEqual([{ bread: null }])
})

it('many test databases can be asked for at once', async () => {
  const databases = await Promise.all(Array.from({ length: 8 }, () => createTestDatabase()))
  const names = await Promise.all(
    databases.map(async ({ pool }) => {
      const { rows } = await pool.query<{ name: string }>('select current_database() as name')
      return rows[0]?.name
    }),
  )
  expect(new Set(names).size).toBe(8)
  await Promise.all(databases.map((database) => database.close()))
})

it('closing drops the database, also under a connection that was never given back', async () => {
  await using onlooker = await createTestDatabase()
  const database = await createTestDatabase()
  const client = await database.pool.connect()
  client.on('error', () => undefined)
  const name = new URL(database.url).pathname.slice(1)
  await database.close()
  const { rows } = await onlooker.pool.query('select from pg_database where datname = $1', [name])
  expect(rows).toEqual([])
})
