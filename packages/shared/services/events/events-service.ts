import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import type { BlogService } from '../../contracts/blog.ts'
import type { Calendar, EntrySummary, EventsService } from '../../contracts/events.ts'
import type { RelationsService } from '../../contracts/relations.ts'
import { calendarEntries, calendars } from '../../models/events.ts'
import type { ServiceDependencies } from '../registry.ts'
import { createReadCalendars } from './calendars.ts'
import { createCalendarPages } from './days.ts'
import { readEntriesOfPosts } from './entries-of-posts.ts'
import { entryColumns, type EntryRow, isShown, toEntryDetails, toEntrySummary } from './entries.ts'
import { localDateOf } from './time.ts'

export interface EventsServiceParts {
  readonly blog: Pick<BlogService, 'findPagesByIds'>
  readonly relations: Pick<RelationsService, 'parents'>
  /** The clock; another one in tests. */
  readonly now?: () => Date
}

export function createEventsService(
  { database }: Pick<ServiceDependencies, 'database'>,
  { blog, relations, now = () => new Date() }: EventsServiceParts,
): EventsService {
  const readCalendars = createReadCalendars(database, blog)

  /** Entries of calendars that are not shown are left out. */
  async function withCalendars<Row extends EntryRow>(
    rows: readonly Row[],
  ): Promise<readonly { readonly row: Row; readonly entry: EntrySummary }[]> {
    const ids = [...new Set(rows.map((row) => row.calendarId))]
    if (ids.length === 0) return []
    const calendarById = byId(await readCalendars(inArray(calendars.id, ids)))
    return rows.flatMap((row) => {
      const calendar = calendarById.get(row.calendarId)
      return calendar ? [{ row, entry: toEntrySummary(row, calendar) }] : []
    })
  }

  return {
    ...createCalendarPages(database, ({ timeZone }) => localDateOf(now(), timeZone)),

    listCalendars: () => readCalendars(),

    findCalendars: ({ type, id }) =>
      readCalendars(and(eq(calendars.containerType, type), eq(calendars.containerId, id))),

    async findCalendarBySlug(slug) {
      const [calendar] = await readCalendars(eq(calendars.slug, slug))
      return calendar
    },

    async findEntriesForPosts(postIds) {
      if (postIds.length === 0) return new Map()
      const found = await withCalendars(await readEntriesOfPosts(database, postIds, now()))
      const byPost = new Map<string, EntrySummary[]>()
      for (const { row, entry } of found) {
        byPost.set(row.postId, [...(byPost.get(row.postId) ?? []), entry])
      }
      return byPost
    },

    async findEntry(id) {
      const [row] = await database
        .select({
          ...entryColumns,
          descriptionHtml: calendarEntries.descriptionHtml,
          updatedAt: calendarEntries.updatedAt,
        })
        .from(calendarEntries)
        .where(and(eq(calendarEntries.id, id), isShown))
      if (!row) return undefined
      const [[calendar], posts] = await Promise.all([
        readCalendars(eq(calendars.id, row.calendarId)),
        relations.parents({ type: 'entry', id }, { relationType: 'post->entry' }),
      ])
      return (
        calendar &&
        toEntryDetails(
          row,
          calendar,
          posts.map(({ from }) => from.id),
        )
      )
    },

    async upcomingEntries(limit) {
      const calendarById = byId(await readCalendars())
      const rows = await database
        .select(entryColumns)
        .from(calendarEntries)
        .where(
          and(
            inArray(calendarEntries.calendarId, [...calendarById.keys()]),
            eq(calendarEntries.state, 'confirmed'),
            gt(calendarEntries.endsAt, now()),
          ),
        )
        .orderBy(asc(calendarEntries.startsAt), asc(calendarEntries.id))
        .limit(limit)
      return rows.flatMap((row) => {
        const calendar = calendarById.get(row.calendarId)
        return calendar ? [toEntrySummary(row, calendar)] : []
      })
    },
  }
}

function byId(list: readonly Calendar[]): ReadonlyMap<string, Calendar> {
  return new Map(list.map((calendar) => [calendar.id, calendar]))
}
