import { text, timestamp } from 'drizzle-orm/pg-core'

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

/** Where a row came from, so that a second import finds it again. Null for what was written here. */
export function origin() {
  return {
    /** The exporting site, for example `ghost:pebble-and-tide`. */
    source: text(),
    /** The row's id at that site. */
    sourceId: text(),
    /** SHA-256 of the imported row: the import skips a row whose hash is the same. */
    sourceHash: text(),
  }
}
