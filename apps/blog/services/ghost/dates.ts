import { z } from 'zod'

const form = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?)(?:Z|\+00:?00)?$/

/**
 * Ghost writes `2026-11-22T02:00:49.000Z` on MySQL and `2026-11-22 02:00:49` on SQLite, and means UTC
 * by both; before 1.0 it wrote milliseconds. Undefined for anything else.
 */
export function parseGhostDate(value: string | number): Date | undefined {
  if (typeof value === 'number') return validDate(new Date(value))
  const match = form.exec(value.trim())
  return match ? validDate(new Date(`${match[1]}T${match[2]}Z`)) : undefined
}

/** A date column, as `Date`. */
export const ghostDate = z.union([z.string(), z.number()]).transform((value, context) => {
  const date = parseGhostDate(value)
  if (date) return date
  context.addIssue({ code: 'custom', message: 'expected a date like “2026-11-22 02:00:49”' })
  return z.NEVER
})

function validDate(date: Date): Date | undefined {
  const year = date.getUTCFullYear()
  return year >= 1 && year <= 9999 ? date : undefined
}
