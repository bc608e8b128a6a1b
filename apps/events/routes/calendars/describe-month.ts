import type {
  Calendar,
  CalendarDay,
  CalendarMonth,
  LocalDate,
  LocalMonth,
} from '@rose-ash/shared/contracts/events'
import type { Formats } from '@rose-ash/shared/infrastructure/view/format'
import { timeOnDay } from '../entries/when.ts'
import { dayPath, monthPath } from './addresses.ts'

/** `Saturday 14 November 2026`: a date by itself, the same in every time zone. */
export function describeDate(date: LocalDate, formats: Formats): string {
  return formats.date(noonOf(date), 'long', 'UTC')
}

/** `November 2026` */
export function describeMonthName(month: LocalMonth, formats: Formats): string {
  return formats.date(noonOf({ ...month, day: 1 }), 'month-year', 'UTC')
}

/** `2026-11-14`, as `<time>` wants it. */
export function isoDate({ year, month, day }: LocalDate): string {
  return [year, month, day].map((part) => String(part).padStart(2, '0')).join('-')
}

/** What the partial `month` shows. */
export interface ShownMonth {
  readonly title: string
  readonly todayUrl: string | null
  readonly previousUrl: string | null
  readonly previousLabel: string
  readonly nextUrl: string | null
  readonly nextLabel: string
  readonly weekdays: readonly { readonly short: string; readonly long: string }[]
  readonly weeks: readonly { readonly hasEntries: boolean; readonly days: readonly ShownDay[] }[]
  readonly isEmpty: boolean
}

export interface ShownDay {
  /** `2026-11-14` */
  readonly iso: string
  readonly dayNumber: number
  readonly weekday: string
  /** `Saturday 14 November 2026` */
  readonly label: string
  readonly url: string
  readonly isToday: boolean
  readonly isOutside: boolean
  readonly entries: readonly {
    readonly title: string
    readonly url: string
    readonly time: string
    readonly isCancelled: boolean
    /** What is over steps back. */
    readonly tone: 'rose' | 'ash'
  }[]
}

export function describeMonth(
  calendar: Calendar,
  shown: CalendarMonth,
  formats: Formats,
): ShownMonth {
  const { month, previous, next, isCurrent, days } = shown
  const name = (other: LocalMonth | null) => (other ? describeMonthName(other, formats) : '')
  return {
    title: describeMonthName(month, formats),
    todayUrl: isCurrent ? null : calendar.path,
    previousUrl: previous && monthPath(calendar, previous),
    previousLabel: name(previous),
    nextUrl: next && monthPath(calendar, next),
    nextLabel: name(next),
    weekdays: days.slice(0, 7).map(({ date }) => ({
      short: formats.date(noonOf(date), 'weekday', 'UTC'),
      long: formats.date(noonOf(date), 'weekday-long', 'UTC'),
    })),
    weeks: Array.from({ length: days.length / 7 }, (_, index) => {
      const week = days.slice(index * 7, index * 7 + 7)
      return {
        hasEntries: hasEntries(week),
        days: week.map((day) => describeDay(calendar, day, formats)),
      }
    }),
    isEmpty: !hasEntries(days),
  }
}

/** In the month itself. */
function hasEntries(days: readonly CalendarDay[]): boolean {
  return days.some((day) => !day.isOutside && day.entries.length > 0)
}

function describeDay(calendar: Calendar, day: CalendarDay, formats: Formats): ShownDay {
  const label = describeDate(day.date, formats)
  return {
    iso: isoDate(day.date),
    dayNumber: day.date.day,
    weekday: formats.date(noonOf(day.date), 'weekday', 'UTC'),
    label,
    url: dayPath(calendar, day.date),
    isToday: day.isToday,
    isOutside: day.isOutside,
    entries: day.entries.map((entry) => ({
      title: entry.title,
      url: entry.path,
      time: timeOnDay(entry, label, formats),
      isCancelled: entry.isCancelled,
      tone: entry.endsAt.getTime() < Date.now() ? 'ash' : 'rose',
    })),
  }
}

function noonOf({ year, month, day }: LocalDate): Date {
  return new Date(Date.UTC(year, month - 1, day, 12))
}
