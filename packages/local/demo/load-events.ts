import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { LocalDate } from '@rose-ash/shared/contracts/events'
import type { Transaction } from '@rose-ash/shared/models/database'
import { calendarEntries, calendars } from '@rose-ash/shared/models/events'
import { pageFeatures } from '@rose-ash/shared/models/navigation'
import { relations } from '@rose-ash/shared/models/relations'
import { addDays, instantOf, localDateOf, weekdayOf } from '@rose-ash/shared/services/events/time'
import { attachWithin } from '@rose-ash/shared/services/relations/relations-service'
import { and, eq, isNull } from 'drizzle-orm'
import { findPageIds, findPostIds } from './find-posts.ts'
import { firstSentence } from './first-sentence.ts'
import { publishDemoImage } from './load-accounts.ts'
import type { DemoCalendar, DemoEntry, DemoEventsFile } from './shapes.ts'

/**
 * The calendars, with their entries around the day of `now`. What is there already stays as it is, on
 * the day that it had, so that doing it twice changes nothing. Throws when a page or post is missing.
 */
export async function loadDemoEvents(
  transaction: Transaction,
  mediaFolder: string,
  now: Date = new Date(),
): Promise<void> {
  const file = readDemoEvents()
  const pageIds = await findPageIds(
    transaction,
    file.calendars.map(({ pageSlug }) => pageSlug),
  )
  const postIds = await findPostIds(
    transaction,
    file.calendars.flatMap(({ entries }) => entries.flatMap((entry) => entry.relatedPostSlugs)),
  )
  for (const calendar of file.calendars) {
    const calendarId = await ensureCalendar(
      transaction,
      calendar,
      pageIds.get(calendar.pageSlug) ?? '',
    )
    await transaction
      .insert(calendarEntries)
      .values(
        calendar.entries.map((entry) => ({
          id: entryId(calendar, entry),
          calendarId,
          title: entry.title,
          summary: entry.summary,
          descriptionHtml: entry.descriptionHtml,
          location: entry.location,
          state: 'confirmed' as const,
          ...timesOf(entry, calendar.timeZone, now),
          pricePence: entry.pricePence,
          currency: entry.currency,
          image: entry.image && publishDemoImage(entry.image, mediaFolder),
          imageAlt: entry.image?.alt ?? null,
        })),
      )
      .onConflictDoNothing()
    const links = calendar.entries.flatMap((entry, index) =>
      entry.relatedPostSlugs.map((slug) => ({
        relationType: 'post->entry',
        fromType: 'post',
        fromId: postIds.get(slug) ?? '',
        toType: 'entry',
        toId: entryId(calendar, entry),
        sortOrder: index + 1,
      })),
    )
    if (links.length > 0) await transaction.insert(relations).values(links).onConflictDoNothing()
  }
}

export function readDemoEvents(): DemoEventsFile {
  const text = readFileSync(new URL('./events.json', import.meta.url), 'utf8')
  return JSON.parse(text) as DemoEventsFile
}

async function ensureCalendar(
  transaction: Transaction,
  { slug, name, descriptionHtml, timeZone, sortOrder }: DemoCalendar,
  containerId: string,
): Promise<string> {
  const made = await transaction
    .insert(calendars)
    .values({
      slug,
      name,
      summary: firstSentence(descriptionHtml),
      descriptionHtml,
      timeZone,
      containerId,
      sortOrder,
    })
    .onConflictDoNothing()
    .returning({ id: calendars.id })
  const [row] = await transaction
    .select({ id: calendars.id })
    .from(calendars)
    .where(and(eq(calendars.slug, slug), isNull(calendars.deletedAt)))
  if (!row) throw new Error(`The demo calendar ${slug} could not be made.`)
  await transaction
    .insert(pageFeatures)
    .values({ pageId: containerId, feature: 'calendar' })
    .onConflictDoNothing()
  if (made.length > 0) {
    await attachWithin(transaction, {
      parent: { type: 'page', id: containerId },
      child: { type: 'calendar', id: row.id },
      sortOrder,
    })
  }
  return row.id
}

function timesOf(entry: DemoEntry, timeZone: string, now: Date) {
  const { week, weekday, time, durationMinutes } = entry
  const date = addDays(mondayOf(localDateOf(now, timeZone)), 7 * week + weekday - 1)
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  const startsAt = instantOf({ ...date, hour, minute }, timeZone)
  return { startsAt, endsAt: new Date(startsAt.getTime() + durationMinutes * 60_000) }
}

function mondayOf(date: LocalDate): LocalDate {
  return addDays(date, 1 - weekdayOf(date))
}

/** The same for the same entry, so that it is known again: a version 8 UUID (RFC 9562) of its name. */
function entryId({ slug }: DemoCalendar, entry: DemoEntry): string {
  const hash = createHash('sha256').update(`demo ${slug} ${entry.slug}`).digest('hex')
  const parts = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
  ]
  return [...parts, hash.slice(20, 32)].join('-')
}
