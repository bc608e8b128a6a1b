import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { posts } from '@rose-ash/shared/models/blog'
import { calendarEntries, calendars } from '@rose-ash/shared/models/events'
import { marketPlaces, productCategories, products } from '@rose-ash/shared/models/market'
import { relations as relationRows } from '@rose-ash/shared/models/relations'
import { createRelationsService } from '@rose-ash/shared/services/relations/relations-service'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createPage } from '@rose-ash/testing/factories/page'
import { asc, eq, inArray } from 'drizzle-orm'
import { afterAll, expect, it } from 'vitest'
import { firstSentence } from './first-sentence.ts'
import { loadDemoEvents, readDemoEvents } from './load-events.ts'
import { loadDemoMarket, readDemoMarket } from './load-market.ts'

const connection = await createTestDatabase()
const { database } = connection
const mediaFolder = await mkdtemp(join(tmpdir(), 'rose-ash-media-'))
afterAll(async () => {
  await connection.close()
  await rm(mediaFolder, { recursive: true, force: true })
})

const market = readDemoMarket()
const events = readDemoEvents()

// The Monday and the Sunday of one week; the clocks go back on the Sunday.
const monday = new Date('2026-10-19T00:30:00Z')
const sunday = new Date('2026-10-25T23:30:00Z')

it('says what is missing, and has changed nothing', async () => {
  const load = database.transaction((transaction) => loadDemoMarket(transaction, mediaFolder))
  await expect(load).rejects.toThrow('The demo blog has no page named')
  expect(await database.$count(marketPlaces)).toBe(0)
})

it('loads what the files hold, and a second time changes nothing', async () => {
  await createReferencedPosts()
  await load(monday)
  const first = await readAll()
  expect(first.products).toHaveLength(
    sum(market.marketPlaces.map((place) => place.products.length)),
  )
  expect(first.entries).toHaveLength(sum(events.calendars.map(({ entries }) => entries.length)))
  for (const { image } of first.products)
    expect(existsSync(join(mediaFolder, image ?? ''))).toBe(true)

  await load(new Date('2027-01-01T12:00:00Z'))
  expect(await readAll()).toEqual(first)
})

it('attaches each shop and calendar to its page once, and leaves the order that it has later', async () => {
  const relations = createRelationsService(connection)
  const slugs = [...market.marketPlaces, ...events.calendars].map(({ pageSlug }) => pageSlug)
  const pages = await database
    .select({ id: posts.id })
    .from(posts)
    .where(inArray(posts.slug, slugs))
  const childrenOf = (id: string) =>
    relations.children({ type: 'page', id }, { relationType: 'page->market' })
  expect(await database.$count(relationRows, eq(relationRows.fromType, 'page'))).toBe(slugs.length)

  const before = await Promise.all(pages.map(({ id }) => childrenOf(id)))
  const shops = before.find(({ length }) => length > 1) ?? []
  const childIds = shops.map(({ to }) => to.id).toReversed()
  const parent = shops[0]?.from ?? { type: 'page', id: '' }
  await relations.reorder({ parent, relationType: 'page->market', childIds })
  await load(monday)
  expect((await childrenOf(parent.id)).map(({ to }) => to.id)).toEqual(childIds)
})

it('places entries by the wall clock, in the week of the first run whatever its day', async () => {
  const onMonday = await readTimes()
  await database.delete(calendarEntries)
  await load(sunday)
  expect(await readTimes()).toEqual(onMonday)

  const [calendar] = events.calendars
  const entry = calendar?.entries.find((one) => one.week === 1)
  const row = (await database.select().from(calendarEntries)).find(
    ({ title, startsAt }) => title === entry?.title && startsAt > new Date('2026-10-25T12:00:00Z'),
  )
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/London',
    hour: '2-digit',
    minute: '2-digit',
  }).format(row?.startsAt)
  expect(time).toBe(entry?.time)
})

it('cuts a description to its first sentence', () => {
  expect(firstSentence('<p>Baked &amp; sold. Daily.</p>')).toBe('Baked & sold.')
  expect(firstSentence('<p>No <em>stop</em></p>')).toBe('No stop')
})

async function load(now: Date): Promise<void> {
  await database.transaction(async (transaction) => {
    await loadDemoMarket(transaction, mediaFolder)
    await loadDemoEvents(transaction, mediaFolder, now)
  })
}

async function createReferencedPosts(): Promise<void> {
  const pageSlugs = [...market.marketPlaces, ...events.calendars].map(({ pageSlug }) => pageSlug)
  const postSlugs = events.calendars.flatMap(({ entries }) =>
    entries.flatMap((entry) => entry.relatedPostSlugs),
  )
  for (const slug of new Set(pageSlugs)) await createPage(database, { slug })
  for (const slug of new Set(postSlugs)) await createPage(database, { slug, type: 'post' })
}

async function readAll() {
  return {
    places: await database.select().from(marketPlaces).orderBy(asc(marketPlaces.id)),
    categories: await database
      .select()
      .from(productCategories)
      .orderBy(asc(productCategories.slug)),
    products: await database.select().from(products).orderBy(asc(products.id)),
    calendars: await database.select().from(calendars).orderBy(asc(calendars.id)),
    entries: await database.select().from(calendarEntries).orderBy(asc(calendarEntries.id)),
    relations: await database.select().from(relationRows).orderBy(asc(relationRows.id)),
  }
}

async function readTimes() {
  const { id, startsAt, endsAt } = calendarEntries
  return database.select({ id, startsAt, endsAt }).from(calendarEntries).orderBy(asc(id))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
