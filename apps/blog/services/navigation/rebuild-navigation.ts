import { fragmentTag } from '@rose-ash/shared/contracts/fragments'
import type { StoredActivity } from '@rose-ash/shared/events/activities'
import type { EventHandler } from '@rose-ash/shared/events/subscriptions'
import type { Cache } from '@rose-ash/shared/infrastructure/cache/cache'
import { sql } from 'drizzle-orm'
import type { Transaction } from '../../models/index.ts'
import { pageTags } from '../posts/page-tags.ts'
import { adoptFormerPath, adoptPaths } from './adopt-paths.ts'

type News = 'Add' | 'Remove' | 'Create' | 'Update' | 'Delete' | 'ImportFinished'
type Writing = Extract<
  StoredActivity<'Create' | 'Update' | 'Delete'>,
  { objectType: 'Page' | 'Article' }
>

/** What shows menus. All processes that share the cache make it anew afterwards. */
export const navigationTags: readonly string[] = [
  fragmentTag('nav-tree'),
  fragmentTag('container-nav'),
  pageTags.all,
]

/**
 * `blog.rebuild-navigation`: menus show at once what was attached or detached, published, moved or taken away.
 * That is committed already when this is told of it.
 */
export function createRebuildNavigation(cache: Pick<Cache, 'invalidateTags'>): EventHandler<News> {
  return async (transaction, activity) => {
    if (activity.objectType === 'Page' || activity.objectType === 'Article') {
      if (!(await isInMenus(transaction, activity))) return
      const { objectId: postId, payload } = activity
      const former = activity.type === 'Update' ? activity.payload.formerSlug : undefined
      await adoptFormerPath(transaction, { postId, slug: former ?? payload.slug })
    }
    // Menus show what hangs on pages, and nothing of other relations.
    if (activity.objectType === 'Relationship' && activity.payload.from.type !== 'page') return
    if (activity.objectType === 'Import') await adoptPaths(transaction)
    await cache.invalidateTags(navigationTags)
  }
}

/** Whether some menu has an entry for it, or for what hangs on it. Most posts are in none. */
async function isInMenus(transaction: Transaction, activity: Writing): Promise<boolean> {
  const { objectId: id, payload } = activity
  const former = activity.type === 'Update' ? activity.payload.formerSlug : undefined
  const paths = [`/go/post/${id}/`, `/${payload.slug}/`, `/${former ?? payload.slug}/`]
  const { rows } = await transaction.execute(sql`
    select 1 where
      exists (select 1 from menu_nodes where app = 'blog' and path in ${paths})
      or exists (select 1 from relations
        where from_type = 'page' and from_id = ${id} and deleted_at is null)
      or exists (select 1 from relations
        where to_type = 'page' and to_id = ${id} and deleted_at is null)`)
  return rows.length > 0
}
