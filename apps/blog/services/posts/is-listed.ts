import { type Column, type SQL, sql } from 'drizzle-orm'

/**
 * Published and a post, in the very words of the index `posts_listing`: with parameters in their place
 * PostgreSQL could not know that a prepared query may use it.
 */
export function isListed(post: { readonly status: Column; readonly type: Column }): SQL {
  return sql`${post.status} = 'published' and ${post.type} = 'post'`
}

/** The order of the index `posts_listing`: without `nulls last` PostgreSQL could not take it from there. */
export function newestFirst(post: { readonly publishedAt: Column; readonly id: Column }): SQL[] {
  return [sql`${post.publishedAt} desc nulls last`, sql`${post.id} desc nulls last`]
}

export function oldestFirst(post: { readonly publishedAt: Column; readonly id: Column }): SQL[] {
  return [sql`${post.publishedAt} asc nulls first`, sql`${post.id} asc nulls first`]
}
