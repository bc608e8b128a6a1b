import type { Delta } from '@rose-ash/datalog'
import type { EventHandler } from '@rose-ash/shared/events/subscriptions'
import type { Cache } from '@rose-ash/shared/infrastructure/cache/cache'
import type { Logger } from '@rose-ash/shared/infrastructure/log'
import { eq } from 'drizzle-orm'
import { posts, type Transaction } from '../../models/index.ts'
import { parseName } from '../graph/names.ts'
import { namesOfPost, pageTags, tagsOfChange } from './page-tags.ts'

/** Of a change that names more objects than this, all pages are made anew. */
const mostNames = 500

type CacheTags = Pick<Cache, 'invalidateTags'>

/**
 * Writers forget pages themselves, at once. This makes sure of it when one was killed just after it wrote,
 * and tells of what another process imported. An import's own news of each post is left to its end.
 */
export function createForgetPages(
  cache: CacheTags,
): EventHandler<'Create' | 'Update' | 'Delete' | 'ImportFinished'> {
  return async (transaction, activity) => {
    if (activity.type === 'ImportFinished') return cache.invalidateTags([pageTags.all])
    if (activity.visibility === 'internal') return
    await cache.invalidateTags(await tagsOfPost(transaction, activity.objectId))
  }
}

async function tagsOfPost(transaction: Transaction, id: string): Promise<readonly string[]> {
  const [row] = await transaction.select().from(posts).where(eq(posts.id, id))
  if (!row || (row.type !== 'post' && row.type !== 'page'))
    return [pageTags.post(id), pageTags.lists]
  const names = await namesOfPost(transaction, id)
  return tagsOfChange(transaction, { id, type: row.type, before: row, after: row, names })
}

/** Pages that show an object show what the graph knows of it. */
export function createForgetObjects(
  cache: CacheTags,
  log: Pick<Logger, 'warn'>,
): (delta: Delta) => void {
  return (delta) => {
    const objects = [...namesIn(delta)].filter((name) => parseName(name) !== undefined)
    if (objects.length === 0) return
    const isMuch = objects.length > mostNames
    const tags = isMuch ? [pageTags.all] : objects.map(pageTags.object)
    cache.invalidateTags(tags).catch((error: unknown) => {
      log.warn({ err: error }, 'pages could not be forgotten; they go when their time is over')
    })
  }
}

function namesIn({ added, removed }: Delta): ReadonlySet<string> {
  const names = new Set<string>()
  for (const rows of [...Object.values(added), ...Object.values(removed)])
    for (const row of rows) for (const value of Object.values(row)) names.add(String(value))
  return names
}
