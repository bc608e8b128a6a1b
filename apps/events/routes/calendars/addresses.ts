import type { Calendar, LocalDate, LocalMonth } from '@rose-ash/shared/contracts/events'

export function monthPath(calendar: Calendar, { year, month }: LocalMonth): string {
  return `${calendar.path}${year}/${month}/`
}

export function dayPath(calendar: Calendar, { day, ...month }: LocalDate): string {
  return `${monthPath(calendar, month)}${day}/`
}

/**
 * Whether a request came by the one address that its page has: other slugs and `03` for `3` are led
 * there. With or without a slash at the end is the same.
 */
export function isAddressedAs(path: string, requestUrl: string): boolean {
  const requested = requestUrl.replace(/\?.*$/s, '')
  return requested === path || `${requested}/` === path
}
