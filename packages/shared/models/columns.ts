import { timestamp } from 'drizzle-orm/pg-core'

/** An instant, stored as `timestamptz`, read as a `Date`. */
export function instant() {
  return timestamp({ withTimezone: true })
}

/** The two instants that every editable row carries. */
export function editTimes() {
  return {
    createdAt: instant().notNull().defaultNow(),
    updatedAt: instant().notNull().defaultNow(),
  }
}
