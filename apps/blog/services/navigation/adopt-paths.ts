import { sql } from 'drizzle-orm'
import type { Queryable } from '../../models/index.ts'

/**
 * Entries that name a post, page or tag by where it is now get its permanent address instead, so that they follow
 * it when it moves and go when it goes. Market places and calendars are named by it from the start. Two queries.
 */
export async function adoptPaths(database: Queryable): Promise<void> {
  await database.execute(sql`
    update menu_nodes set path = '/go/post/' || found.post_id || '/', updated_at = now()
    from (
      select node.id, post.id as post_id
      from menu_nodes node, lateral (
        select id from posts
        where type in ('page', 'post') and slug = btrim(node.path, '/') order by type limit 1
      ) post
      where node.app = 'blog' and node.path ~ '^/[^/]+/$'
    ) found
    where menu_nodes.id = found.id`)
  await database.execute(sql`
    update menu_nodes set path = '/go/tag/' || tags.id || '/', updated_at = now()
    from tags
    where menu_nodes.app = 'blog' and menu_nodes.path = '/tag/' || tags.slug || '/'`)
}

/** The same for one that has moved or gone since, as far as nothing else is there now. */
export async function adoptFormerPath(
  database: Queryable,
  { postId, slug }: { readonly postId: string; readonly slug: string },
): Promise<void> {
  await database.execute(sql`
    update menu_nodes set path = ${`/go/post/${postId}/`}, updated_at = now()
    where app = 'blog' and path = ${`/${slug}/`}
      and not exists (
        select 1 from posts where slug = ${slug} and type in ('page', 'post') and id <> ${postId}
      )`)
}

/** Entries that led to one thing lead to another from now on. */
export async function repointEntries(
  database: Queryable,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  await database.execute(sql`
    update menu_nodes set path = ${to}, updated_at = now() where app = 'blog' and path = ${from}`)
}
