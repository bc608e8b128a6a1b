import type { EntrySummary } from '@rose-ash/shared/contracts/events'
import type { Formats } from '@rose-ash/shared/infrastructure/view/format'

/** What the partial `entry-card` shows. */
export interface EntryCard extends Pick<
  EntrySummary,
  'title' | 'calendarName' | 'startsAt' | 'timeZone' | 'location' | 'isCancelled'
> {
  readonly url: string
  readonly day: string
  readonly month: string
}

/** `base` is the events' own address where the card is shown on another app. */
export function toEntryCard(entry: EntrySummary, formats: Formats, base = ''): EntryCard {
  const { title, calendarName, startsAt, timeZone, location, isCancelled, path } = entry
  return {
    title,
    calendarName,
    startsAt,
    timeZone,
    location,
    isCancelled,
    url: base + path,
    day: formats.date(startsAt, 'day-of-month', timeZone),
    month: formats.date(startsAt, 'month', timeZone),
  }
}
