import { index, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/**
 * Files in the media folder, served by every app under their `path`
 * (`/content/images/2026/11/harbour.png`, Ghost's own layout, so that old addresses keep working).
 */
export const media = pgTable(
  'media',
  {
    path: text().primaryKey(),
    /** SHA-256 of the bytes, hexadecimal. */
    contentHash: text().notNull(),
    contentType: text().notNull(),
    sizeBytes: integer().notNull(),
    /** Pixels; null for what is not an image. */
    width: integer(),
    height: integer(),
    /** A picture of a few pixels as a data URL, shown until the real one is there. */
    placeholder: text(),
    createdAt: instant().notNull().defaultNow(),
  },
  (table) => [index('media_content_hash').on(table.contentHash)],
)
