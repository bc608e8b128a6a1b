import { randomUUID } from 'node:crypto'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createCalendar, createEntry } from '@rose-ash/testing/factories/calendar'
import { createPage } from '@rose-ash/testing/factories/page'
import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { posts } from '../../models/blog.ts'
import { calendarEntries, calendars } from '../../models/events.ts'
import { createRelationsService } from '../relations/relations-service.ts'
import { createTestEvents } from './test-events.ts'

const connection = await createTestDatabase()
const { database } = connection
const now = new Date('2026-03-28T23:30:00Z')
const events = createTestEvents(database, now)
afterAll(() => connection.close())

beforeEach(async () => {
  await database.delete(calendarEntries)
  await database.delete(calendars)
})

describe('an entry', () => {
  it('has an address with the day on which it starts where the calendar is', async () => {
    const page = await createPage(database, { slug: 'whats-on' })
    const calendar = await createCalendar(database, { page, slug: 'cinema' })
    const { id } = await createEntry(database, {
      calendar,
      startsAt: new Date('2026-06-30T23:15:00Z'),
      descriptionHtml: '<p>Come in.</p>',
      postIds: [page.id],
    })
    expect(await events.findEntry(id)).toMatchObject({
      path: `/whats-on/calendars/cinema/2026/7/1/entries/${id}/`,
      startsOn: { year: 2026, month: 7, day: 1 },
      calendar: { slug: 'cinema' },
      descriptionHtml: '<p>Come in.</p>',
      postIds: [page.id],
    })
  })

  it('is not found when visitors are not shown it', async () => {
    const startsAt = new Date('2026-05-05T10:00:00Z')
    const pending = await createEntry(database, { startsAt, state: 'pending' })
    const ofHidden = await createEntry(database, { startsAt })
    await database
      .update(posts)
      .set({ status: 'draft' })
      .where(eq(posts.id, ofHidden.calendar.page.id))
    expect(await events.findEntry(pending.id)).toBeUndefined()
    expect(await events.findEntry(ofHidden.id)).toBeUndefined()
    expect(await events.findEntry(randomUUID())).toBeUndefined()
  })
})

describe('calendars', () => {
  it('come in the order in which their page has them', async () => {
    const page = await createPage(database, { slug: 'ordered' })
    const parent = { type: 'page', id: page.id }
    const relations = createRelationsService(connection)
    const ids = new Map<string, string>()
    for (const slug of ['first', 'second', 'third'])
      ids.set(slug, (await createCalendar(database, { page, slug, name: slug })).id)
    for (const slug of ['third', 'first', 'second'])
      await relations.attach({ parent, child: { type: 'calendar', id: ids.get(slug) ?? '' } })
    const found = await events.findCalendars(parent as { type: 'page'; id: string })
    expect(found.map(({ slug }) => slug)).toEqual(['third', 'first', 'second'])
  })
})

describe('what is on', () => {
  it('is what has not ended, soonest first, over all calendars', async () => {
    for (const [title, startsAt, endsAt, state] of [
      ['over', '2026-03-28T20:00:00Z', '2026-03-28T23:00:00Z', 'confirmed'],
      ['under way', '2026-03-28T22:00:00Z', '2026-03-29T00:00:00Z', 'confirmed'],
      ['later', '2026-04-02T10:00:00Z', '2026-04-02T11:00:00Z', 'confirmed'],
      ['soon', '2026-03-29T10:00:00Z', '2026-03-29T11:00:00Z', 'confirmed'],
      ['called off', '2026-03-29T10:00:00Z', '2026-03-29T11:00:00Z', 'cancelled'],
    ] as const) {
      await createEntry(database, {
        title,
        state,
        startsAt: new Date(startsAt),
        endsAt: new Date(endsAt),
      })
    }
    const titles = async (limit: number) =>
      (await events.upcomingEntries(limit)).map(({ title }) => title)
    expect(await titles(10)).toEqual(['under way', 'soon', 'later'])
    expect(await titles(2)).toEqual(['under way', 'soon'])
  })

  it('is told by post, a dozen a post at most, called off or not', async () => {
    const calendar = await createCalendar(database)
    const [many, one, none] = [randomUUID(), randomUUID(), randomUUID()]
    for (let day = 1; day <= 14; day++) {
      const startsAt = new Date(Date.UTC(2026, 3, day, 10))
      await createEntry(database, { calendar, title: `${day}`, startsAt, postIds: [many] })
    }
    await createEntry(database, {
      calendar,
      title: 'called off',
      state: 'cancelled',
      startsAt: new Date('2026-04-01T10:00:00Z'),
      postIds: [one, many],
    })
    await createEntry(database, {
      calendar,
      title: 'over',
      startsAt: new Date('2026-03-01T10:00:00Z'),
      postIds: [one, none],
    })
    const found = await events.findEntriesForPosts([many, one, none])
    expect([...found.keys()].toSorted()).toEqual([many, one].toSorted())
    expect(found.get(many)).toHaveLength(12)
    expect(found.get(one)).toMatchObject([{ title: 'called off', isCancelled: true }])
    expect(await events.findEntriesForPosts([])).toEqual(new Map())
  })
})

it('finds the calendars of a page', async () => {
  const page = await createPage(database, { slug: 'mill' })
  await createCalendar(database, { page, slug: 'tours', name: 'Tours' })
  await createCalendar(database)
  expect(await events.findCalendars(page)).toMatchObject([
    { name: 'Tours', path: '/mill/calendars/tours/' },
  ])
  expect(await events.listCalendars()).toHaveLength(2)
})
