import type { PageContainer } from '@rose-ash/shared/contracts/blog'
import type { Database } from '@rose-ash/shared/models/database'
import { calendarEntries, calendars } from '@rose-ash/shared/models/events'
import { createRelationsService } from '@rose-ash/shared/services/relations/relations-service'
import { createPage, shortId, switchOn } from './page.ts'

export interface TestCalendar {
  readonly id: string
  readonly slug: string
  readonly page: PageContainer
  /** Path on events. */
  readonly path: string
}

/** A calendar in London, on a page of its own unless one is given, which has them switched on. */
export async function createCalendar(
  database: Database,
  values: Partial<typeof calendars.$inferInsert> & { readonly page?: PageContainer } = {},
): Promise<TestCalendar> {
  const { page = await createPage(database), ...columns } = values
  await switchOn(database, columns.containerId ?? page.id, 'calendar')
  const [calendar] = await database
    .insert(calendars)
    .values({
      slug: `calendar-${shortId()}`,
      name: 'Cinema',
      timeZone: 'Europe/London',
      containerId: page.id,
      ...columns,
    })
    .returning({ id: calendars.id, slug: calendars.slug })
  if (!calendar) throw new Error('PostgreSQL did not return the calendar')
  return { ...calendar, page, path: `/${page.slug}/calendars/${calendar.slug}/` }
}

/** A confirmed entry of one hour, unless `endsAt` says otherwise. */
export async function createEntry(
  database: Database,
  values: Partial<typeof calendarEntries.$inferInsert> & {
    readonly startsAt: Date
    readonly calendar?: TestCalendar
    /** Posts that tell of it. */
    readonly postIds?: readonly string[]
  },
): Promise<typeof calendarEntries.$inferSelect & { readonly calendar: TestCalendar }> {
  const { calendar = await createCalendar(database), postIds = [], ...columns } = values
  const [entry] = await database
    .insert(calendarEntries)
    .values({
      calendarId: calendar.id,
      title: 'Open evening',
      state: 'confirmed',
      endsAt: new Date(values.startsAt.getTime() + 3_600_000),
      ...columns,
    })
    .returning()
  if (!entry) throw new Error('PostgreSQL did not return the entry')
  const relations = createRelationsService({ database })
  const child = { type: 'entry', id: entry.id }
  for (const id of postIds) await relations.attach({ parent: { type: 'post', id }, child })
  return { ...entry, calendar }
}
