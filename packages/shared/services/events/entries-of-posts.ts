import { and, asc, gt, lte, sql } from 'drizzle-orm'
import type { Database } from '../../models/database.ts'
import { calendarEntries } from '../../models/events.ts'
import { relations } from '../../models/relations.ts'
import { isChildOf, isRelationFrom } from '../relations/place.ts'
import { entryColumns, type EntryRow, isShown } from './entries.ts'

/** More of them would not be a strip below a post any more. */
const maxEntriesOfPost = 12

/** Entries that are not over, of all these posts in one query; by post, soonest first. */
export async function readEntriesOfPosts(
  database: Database,
  postIds: readonly string[],
  now: Date,
): Promise<readonly (EntryRow & { readonly postId: string })[]> {
  const upcoming = database
    .select({
      ...entryColumns,
      postId: relations.fromId,
      place: sql<number>`row_number() over (partition by ${relations.fromId}
        order by ${calendarEntries.startsAt}, ${calendarEntries.id})`.as('place'),
    })
    .from(relations)
    .innerJoin(calendarEntries, isChildOf(calendarEntries.id))
    .where(and(isRelationFrom('post->entry', postIds), isShown, gt(calendarEntries.endsAt, now)))
    .as('upcoming')
  return database
    .select()
    .from(upcoming)
    .where(lte(upcoming.place, maxEntriesOfPost))
    .orderBy(asc(upcoming.postId), asc(upcoming.place))
}
