import { and, eq, sql } from 'drizzle-orm'
import {
  type Database,
  ghostDeliveries,
  members,
  posts,
  type Queryable,
  tags,
} from '../../models/index.ts'
import type { ObjectToRead } from './read-object.ts'
import type { GhostSource } from './sources.ts'

/** Whether what is stored is as new as the newest delivery says that it is there. */
export async function isUpToDate(
  database: Database,
  source: GhostSource,
  { resource, objectId }: ObjectToRead,
): Promise<boolean> {
  const deliveries = await database
    .select({ event: ghostDeliveries.event, at: ghostDeliveries.objectUpdatedAt })
    .from(ghostDeliveries)
    .where(and(eq(ghostDeliveries.sourceId, source.id), eq(ghostDeliveries.objectId, objectId)))
  const isGone = deliveries.some(({ event }) => event.endsWith('.deleted'))
  const told = Math.max(...deliveries.map(({ at }) => Date.parse(at)))
  if (isGone || Number.isNaN(told)) return false
  const stored = await storedTime(database, source.name, { resource, objectId })
  return stored !== undefined && Date.parse(stored) >= told
}

/** The site's own time of change of what is stored here. */
export async function storedTime(
  database: Queryable,
  source: string,
  { resource, objectId }: Pick<ObjectToRead, 'resource' | 'objectId'>,
): Promise<string | undefined> {
  const table = resource === 'members' ? members : resource === 'tags' ? tags : posts
  // A tag's own column is Ghost's; a post's may be ours.
  const time =
    resource === 'tags'
      ? sql<string>`to_char(${tags.updatedAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
      : sql<string | null>`${table.sourceExtra} ->> 'updated_at'`
  const [found] = await database
    .select({ time })
    .from(table)
    .where(and(eq(table.source, source), eq(table.sourceId, objectId)))
  return found?.time ?? undefined
}
