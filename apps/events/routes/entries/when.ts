import type { EntrySummary } from '@rose-ash/shared/contracts/events'
import type { Formats } from '@rose-ash/shared/infrastructure/view/format'

/** A part of a sentence that says when; what stands between them is the template's. */
export interface When {
  readonly from: string
  readonly to: string | null
  /** `London`, when the reader may take the times for those of another place. */
  readonly place: string | null
}

/**
 * `Friday 27 November 2026, 19:30` and `21:30`; the end has a date of its own when it is on another
 * day, and is left out when the entry is a moment.
 */
export function describeWhen(entry: EntrySummary, formats: Formats, platformZone: string): When {
  const { startsAt, endsAt, timeZone } = entry
  const date = (instant: Date) => formats.date(instant, 'long', timeZone)
  const time = (instant: Date) => formats.date(instant, 'time', timeZone)
  const isOneDay = date(startsAt) === date(endsAt)
  return {
    from: `${date(startsAt)}, ${time(startsAt)}`,
    to:
      endsAt.getTime() === startsAt.getTime()
        ? null
        : isOneDay
          ? time(endsAt)
          : `${date(endsAt)}, ${time(endsAt)}`,
    place:
      timeZone === platformZone
        ? null
        : (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' '),
  }
}

/**
 * `19:30` on its first day, `until 16:00` on its last, `all day` between. `label` is the day in
 * words, as `describeDate` puts it.
 */
export function timeOnDay(entry: EntrySummary, label: string, formats: Formats): string {
  const { startsAt, endsAt, timeZone } = entry
  if (label === formats.date(startsAt, 'long', timeZone)) {
    return formats.date(startsAt, 'time', timeZone)
  }
  return label === formats.date(endsAt, 'long', timeZone)
    ? `until ${formats.date(endsAt, 'time', timeZone)}`
    : 'all day'
}
