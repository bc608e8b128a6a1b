import { and, asc, eq, gte, lt } from 'drizzle-orm'
import type { Calendar, EntrySummary, EventsService, LocalDate } from '../../contracts/events.ts'
import type { Database } from '../../models/database.ts'
import { calendarEntries } from '../../models/events.ts'
import { daysOf, entryColumns, isShown, toEntrySummary } from './entries.ts'
import {
  addDays,
  addMonths,
  daysIn,
  type DaySpan,
  isDate,
  isMonth,
  isSameDay,
  startOfDay,
  weeksOfMonth,
} from './time.ts'

/** The pages that a calendar is turned to. */
export type CalendarPages = Pick<EventsService, 'findMonth' | 'findDay' | 'today'>

export function createCalendarPages(
  database: Database,
  today: EventsService['today'],
): CalendarPages {
  return {
    async findMonth(calendar, month) {
      if (!isMonth(month)) return undefined
      const weeks = weeksOfMonth(month)
      const entriesOf = await readEntries(database, calendar, weeks)
      const current = today(calendar)
      const [previous, next] = [addMonths(month, -1), addMonths(month, 1)]
      return {
        month,
        isCurrent: current.year === month.year && current.month === month.month,
        days: daysIn(weeks).map((date) => ({
          date,
          isToday: isSameDay(date, current),
          isOutside: date.month !== month.month,
          entries: entriesOf(date),
        })),
        previous: isMonth(previous) ? previous : null,
        next: isMonth(next) ? next : null,
      }
    },

    async findDay(calendar, date) {
      if (!isDate(date)) return undefined
      const entriesOf = await readEntries(database, calendar, { first: date, count: 1 })
      const [previous, next] = [addDays(date, -1), addDays(date, 1)]
      return {
        date,
        isToday: isSameDay(date, today(calendar)),
        isOutside: false,
        entries: entriesOf(date),
        previous: isDate(previous) ? previous : null,
        next: isDate(next) ? next : null,
      }
    },

    today,
  }
}

/** All entries of the days in one query. */
async function readEntries(
  database: Database,
  calendar: Calendar,
  { first, count }: DaySpan,
): Promise<(day: LocalDate) => readonly EntrySummary[]> {
  const rows = await database
    .select(entryColumns)
    .from(calendarEntries)
    .where(
      and(
        eq(calendarEntries.calendarId, calendar.id),
        isShown,
        lt(calendarEntries.startsAt, startOfDay(addDays(first, count), calendar.timeZone)),
        gte(calendarEntries.endsAt, startOfDay(first, calendar.timeZone)),
      ),
    )
    .orderBy(asc(calendarEntries.startsAt), asc(calendarEntries.title), asc(calendarEntries.id))
  const entries = rows.map((row) => toEntrySummary(row, calendar))
  const byDay = new Map<string, EntrySummary[]>()
  for (const entry of entries) {
    for (const day of daysOf(entry, calendar.timeZone)) {
      const key = dayKey(day)
      byDay.set(key, [...(byDay.get(key) ?? []), entry])
    }
  }
  return (day) => byDay.get(dayKey(day)) ?? []
}

function dayKey({ year, month, day }: LocalDate): string {
  return `${year}-${month}-${day}`
}
