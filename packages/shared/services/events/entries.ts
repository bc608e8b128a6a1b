import { inArray } from 'drizzle-orm'
import type { Calendar, EntryDetails, EntrySummary, LocalDate } from '../../contracts/events.ts'
import { calendarEntries } from '../../models/events.ts'
import { addDays, isSameDay, localDateOf } from './time.ts'

export const entryColumns = {
  id: calendarEntries.id,
  calendarId: calendarEntries.calendarId,
  title: calendarEntries.title,
  summary: calendarEntries.summary,
  location: calendarEntries.location,
  state: calendarEntries.state,
  startsAt: calendarEntries.startsAt,
  endsAt: calendarEntries.endsAt,
  pricePence: calendarEntries.pricePence,
  currency: calendarEntries.currency,
  image: calendarEntries.image,
  imageAlt: calendarEntries.imageAlt,
}

/** The states that visitors are shown. */
export const isShown = inArray(calendarEntries.state, ['confirmed', 'cancelled'])

export interface EntryRow extends Pick<
  EntrySummary,
  | 'id'
  | 'calendarId'
  | 'title'
  | 'summary'
  | 'location'
  | 'startsAt'
  | 'endsAt'
  | 'pricePence'
  | 'currency'
> {
  readonly state: string
  readonly image: string | null
  readonly imageAlt: string | null
}

export function toEntrySummary(row: EntryRow, calendar: Calendar): EntrySummary {
  const { year, month, day } = localDateOf(row.startsAt, calendar.timeZone)
  return {
    id: row.id,
    calendarId: row.calendarId,
    calendarName: calendar.name,
    title: row.title,
    summary: row.summary,
    location: row.location,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    timeZone: calendar.timeZone,
    isCancelled: row.state === 'cancelled',
    pricePence: row.pricePence,
    currency: row.currency,
    image: row.image === null ? null : { src: row.image, alt: row.imageAlt ?? '' },
    path: `${calendar.path}${year}/${month}/${day}/entries/${row.id}/`,
  }
}

export interface EntryDetailsRow extends EntryRow {
  readonly descriptionHtml: string
  readonly updatedAt: Date
}

export function toEntryDetails(
  row: EntryDetailsRow,
  calendar: Calendar,
  postIds: readonly string[],
): EntryDetails {
  return {
    ...toEntrySummary(row, calendar),
    descriptionHtml: row.descriptionHtml,
    updatedAt: row.updatedAt,
    calendar,
    startsOn: localDateOf(row.startsAt, calendar.timeZone),
    postIds,
  }
}

const smallHoursMilliseconds = 6 * 3_600_000

/**
 * The days that an entry is shown on: from the one on which it begins to the one on which it ends.
 * The small hours, up to six, belong to the evening before.
 */
export function daysOf(
  entry: Pick<EntrySummary, 'startsAt' | 'endsAt'>,
  timeZone: string,
): readonly LocalDate[] {
  const first = localDateOf(entry.startsAt, timeZone)
  const end = Math.max(entry.startsAt.getTime(), entry.endsAt.getTime() - smallHoursMilliseconds)
  const last = localDateOf(new Date(end), timeZone)
  const days = [first]
  for (let day = first; !isSameDay(day, last);) {
    day = addDays(day, 1)
    days.push(day)
  }
  return days
}
