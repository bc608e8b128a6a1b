import { and, asc, eq, gt, gte, inArray, lt, lte, sql } from 'drizzle-orm'
import type { BlogService } from '../../contracts/blog.ts'
import type { Calendar, EntrySummary, EventsService, LocalDate } from '../../contracts/events.ts'
import { calendarEntries, calendarEntryPosts, calendars } from '../../models/events.ts'
import type { ServiceDependencies } from '../registry.ts'
import { createReadCalendars } from './calendars.ts'
import { daysOf, entryColumns, type EntryRow, isShown, toEntryDetails, toEntrySummary } from './entries.ts'
import {
  addDays,
  addMonths,
  isDate,
  isMonth,
  isSameDay,
  localDateOf,
  startOfDay,
  weeksOfMonth,
} from './time.ts'

/** More of them would not be a strip below a post any more. */
const maxEntriesOfPost = 12

export function createEventsService(
  { database }: Pick<ServiceDependencies, 'database'>,
  others: {
    readonly blog: Pick<BlogService, 'findPagesByIds'>
    /** The clock; another one in tests. */
    readonly now?: () => Date
  },
): EventsService {
  const now = others.now ?? (() => new Date())
  const readCalendars = createReadCalendars(database, others.blog)
  const today = ({ timeZone }: Calendar) => localDateOf(now(), timeZone)

  /** Entries that touch the days from `first` to `last`, by day. */
  async function entriesByDay(calendar: Calendar, first: LocalDate, last: LocalDate) {
    const rows = await database
      .select(entryColumns)
      .from(calendarEntries)
      .where(
        and(
          eq(calendarEntries.calendarId, calendar.id),
          isShown,
          lt(calendarEntries.startsAt, startOfDay(addDays(last, 1), calendar.timeZone)),
          gte(calendarEntries.endsAt, startOfDay(first, calendar.timeZone)),
        ),
      )
      .orderBy(asc(calendarEntries.startsAt), asc(calendarEntries.title), asc(calendarEntries.id))
    const byDay = new Map<string, EntrySummary[]>()
    for (const row of rows) {
      const entry = toEntrySummary(row, calendar)
      for (const day of daysOf(entry, calendar.timeZone)) {
        byDay.set(dayKey(day), [...(byDay.get(dayKey(day)) ?? []), entry])
      }
    }
    return (day: LocalDate) => byDay.get(dayKey(day)) ?? []
  }

  return {
    listCalendars: () => readCalendars(),

    findCalendars: ({ type, id }) =>
      readCalendars(and(eq(calendars.containerType, type), eq(calendars.containerId, id))),

    async findCalendarBySlug(slug) {
      const [calendar] = await readCalendars(eq(calendars.slug, slug))
      return calendar
    },

    async findMonth(calendar, month) {
      if (!isMonth(month)) return undefined
      const days = weeksOfMonth(month)
      const entriesOf = await entriesByDay(calendar, days[0]!, days.at(-1)!)
      const current = today(calendar)
      const [previous, next] = [addMonths(month, -1), addMonths(month, 1)]
      return {
        month,
        isCurrent: current.year === month.year && current.month === month.month,
        days: days.map((date) => ({
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
      const entriesOf = await entriesByDay(calendar, date, date)
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

    async findEntriesForPosts(postIds) {
      if (postIds.length === 0) return new Map()
      const upcoming = database
        .select({
          ...entryColumns,
          postId: calendarEntryPosts.postId,
          place: sql<number>`row_number() over (partition by ${calendarEntryPosts.postId}
            order by ${calendarEntries.startsAt}, ${calendarEntries.id})`.as('place'),
        })
        .from(calendarEntryPosts)
        .innerJoin(calendarEntries, eq(calendarEntries.id, calendarEntryPosts.entryId))
        .where(
          and(
            inArray(calendarEntryPosts.postId, [...postIds]),
            isShown,
            gt(calendarEntries.endsAt, now()),
          ),
        )
        .as('upcoming')
      const rows = await database
        .select()
        .from(upcoming)
        .where(lte(upcoming.place, maxEntriesOfPost))
        .orderBy(asc(upcoming.postId), asc(upcoming.place))
      const calendarById = await calendarsOf(rows)
      const byPost = new Map<string, EntrySummary[]>()
      for (const row of rows) {
        const calendar = calendarById.get(row.calendarId)
        if (!calendar) continue
        const entries = byPost.get(row.postId) ?? []
        entries.push(toEntrySummary(row, calendar))
        byPost.set(row.postId, entries)
      }
      return byPost
    },

    async findEntry(id) {
      const [row] = await database
        .select({
          ...entryColumns,
          descriptionHtml: calendarEntries.descriptionHtml,
          updatedAt: calendarEntries.updatedAt,
        })
        .from(calendarEntries)
        .where(and(eq(calendarEntries.id, id), isShown))
      if (!row) return undefined
      const [[calendar], posts] = await Promise.all([
        readCalendars(eq(calendars.id, row.calendarId)),
        database
          .select({ id: calendarEntryPosts.postId })
          .from(calendarEntryPosts)
          .where(eq(calendarEntryPosts.entryId, id))
          .orderBy(asc(calendarEntryPosts.postId)),
      ])
      return calendar && toEntryDetails(row, calendar, posts.map((post) => post.id))
    },

    async upcomingEntries(limit) {
      const shown = await readCalendars()
      const calendarById = new Map(shown.map((calendar) => [calendar.id, calendar]))
      const rows = await database
        .select(entryColumns)
        .from(calendarEntries)
        .where(
          and(
            inArray(calendarEntries.calendarId, [...calendarById.keys()]),
            eq(calendarEntries.state, 'confirmed'),
            gt(calendarEntries.endsAt, now()),
          ),
        )
        .orderBy(asc(calendarEntries.startsAt), asc(calendarEntries.id))
        .limit(limit)
      return rows.flatMap((row) => {
        const calendar = calendarById.get(row.calendarId)
        return calendar ? [toEntrySummary(row, calendar)] : []
      })
    },
  }

  async function calendarsOf(rows: readonly EntryRow[]): Promise<ReadonlyMap<string, Calendar>> {
    const ids = [...new Set(rows.map((row) => row.calendarId))]
    if (ids.length === 0) return new Map()
    const found = await readCalendars(inArray(calendars.id, ids))
    return new Map(found.map((calendar) => [calendar.id, calendar]))
  }
}

function dayKey({ year, month, day }: LocalDate): string {
  return `${year}-${month}-${day}`
}
