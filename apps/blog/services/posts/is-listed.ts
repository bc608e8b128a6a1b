import { type Column, type SQL, sql } from 'drizzle-orm'

/**
 * Published and a post, in the very words of the index `posts_listing`: with parameters in their place
 * PostgreSQL could not know that a prepared query may use it.
 */
export function isListed(post: { readonly status: Column; readonly type: Column }): SQL {
  return sql`${post.status} = 'published' and ${post.type} = 'post'`
}
