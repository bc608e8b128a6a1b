import { Temporal } from 'temporal-polyfill'
import type { LocalDate, LocalMonth } from '../../contracts/events.ts'

/**
 * The one place that knows about time zones: instants are stored, and Node's own rules say what the
 * clocks on the wall show. Native `Temporal` replaces the import once every supported Node has it.
 */

/** The years that calendars can be turned to. */
export const firstYear = 1970
export const lastYear = 2100

export function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name)
    return true
  } catch {
    return false
  }
}

/** The date on the wall at that instant. */
export function localDateOf(instant: Date, timeZone: string): LocalDate {
  return toLocalDate(
    Temporal.Instant.fromEpochMilliseconds(instant.getTime())
      .toZonedDateTimeISO(timeZone)
      .toPlainDate(),
  )
}

/**
 * When the clocks on the wall show that time. In the hour that is left out in spring it counts on
 * with the offset before, and of the hour that comes twice in autumn it is the first (RFC 5545 3.3.5).
 */
export function instantOf(
  local: LocalDate & { readonly hour: number; readonly minute: number },
  timeZone: string,
): Date {
  const { epochMilliseconds } = Temporal.PlainDateTime.from(local, {
    overflow: 'reject',
  }).toZonedDateTime(timeZone, { disambiguation: 'compatible' })
  return new Date(epochMilliseconds)
}

/** The day's first instant, which is not midnight everywhere. The day ends where the next begins. */
export function startOfDay(date: LocalDate, timeZone: string): Date {
  return new Date(Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds)
}

/** Whether there is such a day, in the years that calendars have. */
export function isDate(date: LocalDate): boolean {
  if (!isMonth(date)) return false
  return date.day >= 1 && date.day <= Temporal.PlainYearMonth.from(date).daysInMonth
}

export function isMonth({ year, month }: LocalMonth): boolean {
  return year >= firstYear && year <= lastYear && month >= 1 && month <= 12
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return toLocalDate(Temporal.PlainDate.from(date).add({ days }))
}

export function addMonths({ year, month }: LocalMonth, months: number): LocalMonth {
  const sum = Temporal.PlainYearMonth.from({ year, month }).add({ months })
  return { year: sum.year, month: sum.month }
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(date: LocalDate): number {
  return Temporal.PlainDate.from(date).dayOfWeek
}

export function isSameDay(left: LocalDate, right: LocalDate): boolean {
  return left.day === right.day && left.month === right.month && left.year === right.year
}

/** The days that a month is shown with: whole weeks, from Monday. */
export interface DaySpan {
  readonly first: LocalDate
  /** 28, 35 or 42 for a month. */
  readonly count: number
}

export function weeksOfMonth(month: LocalMonth): DaySpan {
  const first = { ...month, day: 1 }
  const daysBefore = weekdayOf(first) - 1
  const { daysInMonth } = Temporal.PlainYearMonth.from(month)
  return {
    first: addDays(first, -daysBefore),
    count: 7 * Math.ceil((daysBefore + daysInMonth) / 7),
  }
}

export function daysIn({ first, count }: DaySpan): readonly LocalDate[] {
  return Array.from({ length: count }, (_, index) => addDays(first, index))
}

function toLocalDate({ year, month, day }: Temporal.PlainDate): LocalDate {
  return { year, month, day }
}
