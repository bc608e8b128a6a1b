import { createTestDatabase } from '@rose-ash/testing/database'
import {
  createCalendar,
  createEntry,
  type TestCalendar,
} from '@rose-ash/testing/factories/calendar'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { Calendar, CalendarDay } from '../../contracts/events.ts'
import { calendarEntries, calendars } from '../../models/events.ts'
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

async function getCalendar({ slug }: TestCalendar): Promise<Calendar> {
  const calendar = await events.findCalendarBySlug(slug)
  if (!calendar) throw new Error('There is no such calendar.')
  return calendar
}

async function daysWithEntries(calendar: TestCalendar, month: { year: number; month: number }) {
  const found = await events.findMonth(await getCalendar(calendar), month)
  return found?.days.filter((day) => day.entries.length > 0).map(dayAndTitles)
}

function dayAndTitles({ date, entries }: CalendarDay) {
  return `${date.month}/${date.day}: ${entries.map(({ title }) => title).join(', ')}`
}

describe('a month', () => {
  it('puts entries on the days of the wall clock when the clocks go forward', async () => {
    const calendar = await createCalendar(database)
    for (const [title, startsAt] of [
      ['late on the 28th', '2026-03-28T23:30:00Z'],
      ['first of the 29th', '2026-03-29T00:00:00Z'],
      ['late on the 29th', '2026-03-29T22:30:00Z'],
      ['first of the 30th', '2026-03-29T23:00:00Z'],
      ['last of March', '2026-03-31T22:59:00Z'],
      ['first of April', '2026-03-31T23:00:00Z'],
    ] as const) {
      const start = new Date(startsAt)
      await createEntry(database, { calendar, title, startsAt: start, endsAt: start })
    }
    expect(await daysWithEntries(calendar, { year: 2026, month: 3 })).toEqual([
      '3/28: late on the 28th',
      '3/29: first of the 29th, late on the 29th',
      '3/30: first of the 30th',
      '3/31: last of March',
      '4/1: first of April',
    ])
  })

  it('puts entries on the days of the wall clock when the clocks go back', async () => {
    const calendar = await createCalendar(database)
    for (const [title, startsAt] of [
      ['late on the 24th', '2026-10-24T22:59:00Z'],
      ['first of the 25th', '2026-10-24T23:00:00Z'],
      ['one o’clock', '2026-10-25T00:30:00Z'],
      ['one o’clock again', '2026-10-25T01:30:00Z'],
      ['late on the 25th', '2026-10-25T23:59:00Z'],
      ['first of the 26th', '2026-10-26T00:00:00Z'],
    ] as const) {
      const start = new Date(startsAt)
      await createEntry(database, { calendar, title, startsAt: start, endsAt: start })
    }
    expect(await daysWithEntries(calendar, { year: 2026, month: 10 })).toEqual([
      '10/24: late on the 24th',
      '10/25: first of the 25th, one o’clock, one o’clock again, late on the 25th',
      '10/26: first of the 26th',
    ])
  })

  it('shows the same instant on another day where the calendar is elsewhere', async () => {
    const startsAt = new Date('2026-03-10T03:00:00Z')
    for (const [timeZone, day] of [
      ['Europe/London', '3/10: Open evening'],
      ['America/New_York', '3/9: Open evening'],
    ] as const) {
      const calendar = await createCalendar(database, { timeZone })
      await createEntry(database, { calendar, startsAt })
      expect(await daysWithEntries(calendar, { year: 2026, month: 3 })).toEqual([day])
    }
  })

  it('shows a weekend on each of its days, and a late night on its evening only', async () => {
    const calendar = await createCalendar(database)
    await createEntry(database, {
      calendar,
      title: 'Fair',
      startsAt: new Date('2026-06-12T16:00:00Z'),
      endsAt: new Date('2026-06-14T15:00:00Z'),
    })
    await createEntry(database, {
      calendar,
      title: 'Ceilidh',
      startsAt: new Date('2026-06-19T18:30:00Z'),
      endsAt: new Date('2026-06-20T00:30:00Z'),
    })
    expect(await daysWithEntries(calendar, { year: 2026, month: 6 })).toEqual([
      '6/12: Fair',
      '6/13: Fair',
      '6/14: Fair',
      '6/19: Ceilidh',
    ])
  })

  it('holds what touches its weeks from the months beside it', async () => {
    const calendar = await createCalendar(database)
    await createEntry(database, {
      calendar,
      title: 'Long',
      startsAt: new Date('2026-04-20T08:00:00Z'),
      endsAt: new Date('2026-04-27T18:00:00Z'),
    })
    expect(await daysWithEntries(calendar, { year: 2026, month: 5 })).toEqual(['4/27: Long'])
  })

  it('shows what is confirmed or cancelled, and nothing else', async () => {
    const calendar = await createCalendar(database)
    const startsAt = new Date('2026-05-05T10:00:00Z')
    for (const state of [
      'pending',
      'ordered',
      'provisional',
      'confirmed',
      'declined',
      'cancelled',
    ] as const) {
      await createEntry(database, { calendar, title: state, state, startsAt })
    }
    await createEntry(database, { title: 'of another calendar', startsAt })
    expect(await daysWithEntries(calendar, { year: 2026, month: 5 })).toEqual([
      '5/5: cancelled, confirmed',
    ])
  })

  it('marks today as it is where the calendar is', async () => {
    for (const [timeZone, day] of [
      ['Europe/London', 28],
      ['Asia/Tokyo', 29],
    ] as const) {
      const calendar = await getCalendar(await createCalendar(database, { timeZone }))
      const month = await events.findMonth(calendar, { year: 2026, month: 3 })
      expect(month?.isCurrent).toBe(true)
      expect(month?.days.filter(({ isToday }) => isToday).map(({ date }) => date.day)).toEqual([
        day,
      ])
      expect(events.today(calendar)).toEqual({ year: 2026, month: 3, day })
    }
  })

  it('has neighbours from 1970 to 2100, and beyond that there is none', async () => {
    const calendar = await getCalendar(await createCalendar(database))
    const find = (year: number, month: number) => events.findMonth(calendar, { year, month })
    expect(await find(1970, 1)).toMatchObject({ previous: null, next: { year: 1970, month: 2 } })
    expect(await find(2100, 12)).toMatchObject({ previous: { year: 2100, month: 11 }, next: null })
    for (const [year, month] of [
      [1969, 12],
      [2101, 1],
      [2026, 0],
      [2026, 13],
    ] as const) {
      expect(await find(year, month)).toBeUndefined()
    }
  })
})

describe('a day', () => {
  it('holds what touches it, and knows the days beside it', async () => {
    const calendar = await createCalendar(database)
    await createEntry(database, { calendar, startsAt: new Date('2026-03-28T23:59:00Z') })
    const day = await events.findDay(await getCalendar(calendar), { year: 2026, month: 3, day: 29 })
    expect(day).toMatchObject({
      entries: [],
      isToday: false,
      previous: { year: 2026, month: 3, day: 28 },
      next: { year: 2026, month: 3, day: 30 },
    })
    const before = await events.findDay(await getCalendar(calendar), {
      year: 2026,
      month: 3,
      day: 28,
    })
    expect(before).toMatchObject({ isToday: true, entries: [{ title: 'Open evening' }] })
  })

  it('that is not in the calendar is not there', async () => {
    const calendar = await getCalendar(await createCalendar(database))
    expect(await events.findDay(calendar, { year: 2026, month: 2, day: 30 })).toBeUndefined()
    expect(await events.findDay(calendar, { year: 1969, month: 12, day: 31 })).toBeUndefined()
  })
})
