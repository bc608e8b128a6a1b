import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createCalendar, createEntry } from '@rose-ash/testing/factories/calendar'
import { sql } from 'drizzle-orm'
import { afterAll, expect, it } from 'vitest'
import { migrationsFolder } from '../../infrastructure/migrate.ts'
import { createRelationsService } from '../relations/relations-service.ts'
import { createTestEvents } from './test-events.ts'

const connection = await createTestDatabase()
const { database } = connection
const relations = createRelationsService(connection)
const events = createTestEvents(database, new Date('2026-03-28T23:30:00Z'))
afterAll(() => connection.close())

const startsAt = new Date('2026-04-01T10:00:00Z')
const post = () => ({ type: 'post', id: randomUUID() })

it('a post tells of an entry as long as the two are related', async () => {
  const { id } = await createEntry(database, { startsAt })
  const ends = { parent: post(), child: { type: 'entry', id } }
  const read = async () => [
    (await events.findEntriesForPosts([ends.parent.id])).get(ends.parent.id)?.map((one) => one.id),
    (await events.findEntry(id))?.postIds,
  ]
  await relations.attach(ends)
  expect(await read()).toEqual([[id], [ends.parent.id]])
  await relations.detach(ends)
  expect(await read()).toEqual([undefined, []])
  await relations.attach(ends)
  expect(await read()).toEqual([[id], [ends.parent.id]])
  await relations.detachAll(ends.parent)
  expect(await read()).toEqual([undefined, []])
})

it('a post that is related to what is no entry tells of its entries all the same', async () => {
  const { id } = await createEntry(database, { startsAt })
  const parent = post()
  for (const other of ['nothing', randomUUID(), id])
    await relations.attach({ parent, child: { type: 'entry', id: other } })
  const found = await events.findEntriesForPosts([parent.id])
  expect(found.get(parent.id)?.map((entry) => entry.id)).toEqual([id])
})

it('posts tell of the same entries after they became relations', async () => {
  await using older = await createTestDatabase()
  const calendar = await createCalendar(older.database)
  const [early, late] = [randomUUID(), randomUUID()]
  await createEntry(older.database, { id: late, calendar, startsAt: new Date('2026-04-03T10:00Z') })
  await createEntry(older.database, { id: early, calendar, startsAt })
  const [one, both] = [post(), post()]
  await older.database.execute(
    sql`create table calendar_entry_posts (entry_id uuid not null, post_id uuid not null)`,
  )
  await older.database.execute(sql`insert into calendar_entry_posts values
    (${late}, ${both.id}), (${early}, ${both.id}), (${early}, ${one.id})`)

  const migration = await readFile(join(migrationsFolder, '0006_entry_relations.sql'), 'utf8')
  for (const statement of migration.split('--> statement-breakpoint'))
    await older.database.execute(sql.raw(statement))

  const migrated = createRelationsService(older)
  const entriesOf = async (parent: { type: string; id: string }) =>
    (await migrated.children(parent)).map(({ to }) => to.id)
  expect(await entriesOf(both)).toEqual([early, late])
  expect(await entriesOf(one)).toEqual([early])
  const { rows } = await older.database.execute(
    sql`select to_regclass('calendar_entry_posts')::text as left_over`,
  )
  expect(rows).toEqual([{ left_over: null }])
})
