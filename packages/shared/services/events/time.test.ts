import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  daysIn,
  firstYear,
  instantOf,
  isDate,
  isTimeZone,
  lastYear,
  localDateOf,
  startOfDay,
  weekdayOf,
  weeksOfMonth,
} from './time.ts'

const timeZones = [
  'Europe/London',
  'America/New_York',
  'America/Sao_Paulo',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'UTC',
]
const hour = 3_600_000
const anyZone = fc.constantFrom(...timeZones)
const anyMonth = fc.record({
  year: fc.integer({ min: firstYear, max: lastYear }),
  month: fc.integer({ min: 1, max: 12 }),
})
const anyInstant = fc.date({
  min: new Date('1970-01-02T00:00:00Z'),
  max: new Date('2100-12-30T00:00:00Z'),
  noInvalidDate: true,
})

describe('days', () => {
  it('have 23 hours in London when the clocks go forward and 25 when they go back', () => {
    const lengthOf = (day: { year: number; month: number; day: number }) =>
      startOfDay(addDays(day, 1), 'Europe/London').getTime() -
      startOfDay(day, 'Europe/London').getTime()

    expect(lengthOf({ year: 2026, month: 3, day: 28 })).toBe(24 * hour)
    expect(lengthOf({ year: 2026, month: 3, day: 29 })).toBe(23 * hour)
    expect(lengthOf({ year: 2026, month: 10, day: 25 })).toBe(25 * hour)
  })

  it('begin at one o’clock where midnight is left out', () => {
    const start = startOfDay({ year: 2018, month: 11, day: 4 }, 'America/Sao_Paulo')
    expect(start.toISOString()).toBe('2018-11-04T03:00:00.000Z')
  })

  it('hold exactly the instants at which a clock on the wall shows their date', () => {
    fc.assert(
      fc.property(anyInstant, anyZone, (instant, timeZone) => {
        const date = localDateOf(instant, timeZone)
        expect(date).toEqual(dateByIntl(instant, timeZone))
        expect(startOfDay(date, timeZone).getTime()).toBeLessThanOrEqual(instant.getTime())
        expect(startOfDay(addDays(date, 1), timeZone).getTime()).toBeGreaterThan(instant.getTime())
      }),
    )
  })

  it('exist or not as in the Gregorian calendar', () => {
    expect(isDate({ year: 2028, month: 2, day: 29 })).toBe(true)
    expect(isDate({ year: 2026, month: 2, day: 29 })).toBe(false)
    expect(isDate({ year: 2026, month: 13, day: 1 })).toBe(false)
    expect(isDate({ year: 2026, month: 0, day: 1 })).toBe(false)
    expect(isDate({ year: 1969, month: 12, day: 31 })).toBe(false)
    expect(isDate({ year: 2101, month: 1, day: 1 })).toBe(false)
  })
})

describe('wall-clock times', () => {
  const london = (day: number, month: number, hour: number) =>
    instantOf({ year: 2026, month, day, hour, minute: 30 }, 'Europe/London').toISOString()

  it('keep their hour over the change of the clocks', () => {
    expect(london(28, 3, 19)).toBe('2026-03-28T19:30:00.000Z')
    expect(london(29, 3, 19)).toBe('2026-03-29T18:30:00.000Z')
    expect(london(24, 10, 19)).toBe('2026-10-24T18:30:00.000Z')
    expect(london(25, 10, 19)).toBe('2026-10-25T19:30:00.000Z')
  })

  it('that are left out count on with the offset before', () => {
    expect(london(29, 3, 1)).toBe('2026-03-29T01:30:00.000Z')
  })

  it('that come twice are the first of the two', () => {
    expect(london(25, 10, 1)).toBe('2026-10-25T00:30:00.000Z')
  })
})

describe('months', () => {
  it('are shown as whole weeks from Monday that hold each of their days once', () => {
    fc.assert(
      fc.property(anyMonth, ({ year, month }) => {
        const weeks = weeksOfMonth({ year, month })
        const days = daysIn(weeks)
        expect(days.length % 7).toBe(0)
        expect(weekdayOf(weeks.first)).toBe(1)
        const own = days.filter((day) => day.month === month)
        expect(own.map(({ day }) => day)).toEqual(
          Array.from({ length: new Date(Date.UTC(year, month, 0)).getUTCDate() }, (_, i) => i + 1),
        )
        // No week that belongs to the neighbours alone.
        expect(days.slice(0, 7).some((day) => day.month === month)).toBe(true)
        expect(days.slice(-7).some((day) => day.month === month)).toBe(true)
      }),
    )
  })

  it('follow one another over the end of the year', () => {
    expect(addMonths({ year: 2026, month: 12 }, 1)).toEqual({ year: 2027, month: 1 })
    expect(addMonths({ year: 2026, month: 1 }, -1)).toEqual({ year: 2025, month: 12 })
  })
})

it('knows a time zone by its IANA name only', () => {
  expect(isTimeZone('Europe/London')).toBe(true)
  expect(isTimeZone('Europe/Narnia')).toBe(false)
})

/** The same question put to another implementation. */
function dateByIntl(instant: Date, timeZone: string) {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  }).formatToParts(instant)
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value)
  return { year: part('year'), month: part('month'), day: part('day') }
}
