import { and, asc, isNull, type SQL } from 'drizzle-orm'
import type { BlogService } from '../../contracts/blog.ts'
import type { Calendar } from '../../contracts/events.ts'
import type { Database } from '../../models/database.ts'
import { calendars } from '../../models/events.ts'
import { relations } from '../../models/relations.ts'
import { isRelationOf, placeAmongSiblings } from '../relations/place.ts'

const columns = {
  id: calendars.id,
  slug: calendars.slug,
  name: calendars.name,
  summary: calendars.summary,
  descriptionHtml: calendars.descriptionHtml,
  timeZone: calendars.timeZone,
  containerId: calendars.containerId,
}

/** In their own order. A calendar whose page is not published, or has none switched on, is not there. */
export type ReadCalendars = (condition?: SQL) => Promise<readonly Calendar[]>

export function createReadCalendars(
  database: Database,
  blog: Pick<BlogService, 'findPagesByIds'>,
): ReadCalendars {
  return async (condition) => {
    const rows = await database
      .select(columns)
      .from(calendars)
      .leftJoin(relations, isRelationOf('page->calendar', calendars.id))
      .where(and(isNull(calendars.deletedAt), condition))
      .orderBy(asc(placeAmongSiblings(calendars.sortOrder)), asc(calendars.name))
    const containerIds = [...new Set(rows.map((row) => row.containerId))]
    const pages = await blog.findPagesByIds(containerIds, 'calendar')
    const pageById = new Map(pages.map((page) => [page.id, page]))
    return rows.flatMap(({ containerId, ...row }) => {
      const container = pageById.get(containerId)
      return container
        ? [{ ...row, container, path: `/${container.slug}/calendars/${row.slug}/` }]
        : []
    })
  }
}
