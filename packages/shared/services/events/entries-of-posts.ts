import { and, asc, eq, gt, inArray, lte, sql } from 'drizzle-orm'
import type { Database } from '../../models/database.ts'
import { calendarEntries, calendarEntryPosts } from '../../models/events.ts'
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
      postId: calendarEntryPosts.postId,
      place: sql<number>`row_number() over (partition by ${calendarEntryPosts.postId}
        order by ${calendarEntries.startsAt}, ${calendarEntries.id})`.as('place'),
    })
    .from(calendarEntryPosts)
    .innerJoin(calendarEntries, eq(calendarEntries.id, calendarEntryPosts.entryId))
    .where(
      and(
        inArray(calendarEntryPosts.postId, [...postIds]),
        isShown,
        gt(calendarEntries.endsAt, now),
      ),
    )
    .as('upcoming')
  return database
    .select()
    .from(upcoming)
    .where(lte(upcoming.place, maxEntriesOfPost))
    .orderBy(asc(upcoming.postId), asc(upcoming.place))
}
