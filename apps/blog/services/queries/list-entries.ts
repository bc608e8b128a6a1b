import type { Value } from '@rose-ash/datalog'
import { and, asc, desc, eq, sql } from 'drizzle-orm'
import { type Database, posts } from '../../models/index.ts'
import { describeObjects, type ObjectDescription } from '../graph/describe-objects.ts'
import { objectName, parseName } from '../graph/names.ts'
import type { SavedQuery } from './saved-query.ts'

export type ListEntry = ObjectDescription

export interface Shown extends Pick<SavedQuery, 'order' | 'limit'> {
  /** Staff see what is not published too. */
  readonly audience: 'everybody' | 'staff'
}

/** Of objects that are no posts, this many are looked at. */
const mostOthers = 2000
const collator = new Intl.Collator('en', { numeric: true })

/** The objects among an answer's values, as far as they are shown: in order, and not more than the limit. */
export async function readEntries(
  database: Database,
  values: Iterable<Value>,
  shown: Shown,
): Promise<readonly ListEntry[]> {
  const { ids, others } = separate(values)
  const ranked = await rankPosts(database, ids, shown)
  const names = ranked.map(({ id }) => objectName('post', id))
  const described = await describeObjects(database, [...names, ...others])
  const isShown = (entry: ListEntry | undefined): entry is ListEntry =>
    entry !== undefined && (shown.audience === 'staff' || entry.isPublic)
  const rest = others
    .map((name) => described.get(name))
    .filter(isShown)
    .toSorted((one, other) => collator.compare(one.title, other.title))
  const entries = [...names.map((name) => described.get(name)).filter(isShown), ...rest]
  if (shown.order === 'title' && rest.length > 0)
    entries.sort((one, other) => collator.compare(one.title, other.title))
  return entries.slice(0, shown.limit)
}

/** How many of the values are no object: text and numbers cannot be listed. */
export function countOthers(values: Iterable<Value>): number {
  let count = 0
  for (const value of values)
    if (typeof value !== 'string' || parseName(value) === undefined) count += 1
  return count
}

function separate(values: Iterable<Value>) {
  const ids: string[] = []
  const others: string[] = []
  for (const value of values) {
    const parsed = typeof value === 'string' ? parseName(value) : undefined
    if (parsed?.kind === 'post') ids.push(parsed.id)
    else if (parsed) others.push(value as string)
  }
  return { ids, others: others.toSorted().slice(0, mostOthers) }
}

/** The first posts in this order. What has no date stands behind what has one. */
async function rankPosts(
  database: Database,
  ids: readonly string[],
  { order, limit, audience }: Shown,
): Promise<{ id: string }[]> {
  if (ids.length === 0) return []
  const isAmong = sql`${posts.id} = any(${sql.param(ids)}::uuid[])`
  const isPublished = audience === 'everybody' ? eq(posts.status, 'published') : undefined
  const byTitle = [asc(sql`lower(${posts.title})`), asc(posts.id)]
  const byDate = sql`${posts.publishedAt} desc nulls last`
  return database
    .select({ id: posts.id })
    .from(posts)
    .where(and(isAmong, isPublished))
    .orderBy(...(order === 'newest' ? [byDate, desc(posts.id)] : byTitle))
    .limit(limit)
}
