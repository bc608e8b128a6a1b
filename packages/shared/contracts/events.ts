import type { PageContainer } from './blog.ts'
import type { Container, Image } from './container.ts'

/** A calendar, as long as the page that it hangs on is published and has calendars switched on. */
export interface Calendar {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly summary: string
  /** Safe HTML. */
  readonly descriptionHtml: string
  /** IANA name, for example `Europe/London`. */
  readonly timeZone: string
  readonly container: PageContainer
  /** Path on events: `/whats-on/calendars/cinema/`. */
  readonly path: string
}

/** A confirmed or cancelled entry, as cards and links show it. */
export interface EntrySummary {
  readonly id: string
  readonly calendarId: string
  readonly calendarName: string
  readonly title: string
  readonly summary: string
  readonly location: string | null
  readonly startsAt: Date
  readonly endsAt: Date
  readonly timeZone: string
  readonly isCancelled: boolean
  /** 0: free. */
  readonly pricePence: number
  readonly currency: string
  readonly image: Image | null
  /** Path on events: `/whats-on/calendars/cinema/2026/11/27/entries/<id>/`. */
  readonly path: string
}

export interface EntryDetails extends EntrySummary {
  /** Safe HTML. */
  readonly descriptionHtml: string
  readonly calendar: Calendar
  /** The day on which it starts, where the calendar is. */
  readonly startsOn: LocalDate
  /** Posts that tell of it. */
  readonly postIds: readonly string[]
  readonly updatedAt: Date
}

/** A day on a calendar's own clock. Months and days count from 1. */
export interface LocalDate {
  readonly year: number
  readonly month: number
  readonly day: number
}

export type LocalMonth = Omit<LocalDate, 'day'>

export interface CalendarDay {
  readonly date: LocalDate
  readonly isToday: boolean
  /** In a month: of the week that the neighbouring month begins or ends with. */
  readonly isOutside: boolean
  /** Those that touch the day, soonest first. */
  readonly entries: readonly EntrySummary[]
}

/** Calendars can be turned back to 1970 and forward to 2100. */
export interface CalendarMonth {
  readonly month: LocalMonth
  readonly isCurrent: boolean
  /** Whole weeks, from Monday. */
  readonly days: readonly CalendarDay[]
  readonly previous: LocalMonth | null
  readonly next: LocalMonth | null
}

export interface CalendarDayView extends CalendarDay {
  readonly previous: LocalDate | null
  readonly next: LocalDate | null
}

export interface EventsService {
  listCalendars(): Promise<readonly Calendar[]>
  findCalendars(container: Container): Promise<readonly Calendar[]>
  findCalendarBySlug(slug: string): Promise<Calendar | undefined>
  /** Undefined outside the years that calendars have. */
  findMonth(calendar: Calendar, month: LocalMonth): Promise<CalendarMonth | undefined>
  /** Undefined for a day that is not in the calendar, such as 30 February. */
  findDay(calendar: Calendar, date: LocalDate): Promise<CalendarDayView | undefined>
  /** The day it is now where the calendar is. */
  today(calendar: Calendar): LocalDate
  /** Upcoming entries that a post tells of, for each post that has some. Cancelled ones are among them. */
  findEntriesForPosts(
    postIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly EntrySummary[]>>
  findEntry(id: string): Promise<EntryDetails | undefined>
  /** The next entries of all calendars, soonest first; those under way count, cancelled ones do not. */
  upcomingEntries(limit: number): Promise<readonly EntrySummary[]>
}
