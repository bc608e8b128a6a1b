import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { editTimes, instant } from './columns.ts'

/** A calendar hangs on a container: the blog page that it belongs to. `timeZone` is an IANA name. */
export const calendars = pgTable(
  'calendars',
  {
    id: uuid().primaryKey().defaultRandom(),
    slug: text().notNull(),
    name: text().notNull(),
    summary: text().notNull().default(''),
    descriptionHtml: text().notNull().default(''),
    timeZone: text().notNull(),
    containerType: text().notNull().default('page'),
    containerId: uuid().notNull(),
    sortOrder: integer().notNull().default(0),
    deletedAt: instant(),
    ...editTimes(),
  },
  (table) => [
    uniqueIndex('calendars_slug_unique')
      .on(table.slug)
      .where(sql`deleted_at is null`),
    index('calendars_container').on(table.containerType, table.containerId),
  ],
)

/** Something that happens at a time. Only `confirmed` and `cancelled` entries are shown to visitors. */
export const calendarEntries = pgTable(
  'calendar_entries',
  {
    id: uuid().primaryKey().defaultRandom(),
    calendarId: uuid()
      .notNull()
      .references(() => calendars.id),
    title: text().notNull(),
    summary: text().notNull().default(''),
    descriptionHtml: text().notNull().default(''),
    location: text(),
    state: text({
      enum: ['pending', 'ordered', 'provisional', 'confirmed', 'declined', 'cancelled'],
    })
      .notNull()
      .default('pending'),
    startsAt: instant().notNull(),
    endsAt: instant().notNull(),
    pricePence: integer().notNull().default(0),
    currency: text().notNull().default('GBP'),
    image: text(),
    imageAlt: text(),
    ...editTimes(),
  },
  (table) => [
    index('calendar_entries_start').on(table.calendarId, table.startsAt),
    index('calendar_entries_end').on(table.calendarId, table.endsAt),
    index('calendar_entries_upcoming')
      .on(table.endsAt)
      .where(sql`state = 'confirmed'`),
    check('calendar_entries_span', sql`ends_at >= starts_at`),
  ],
)
