import { type SQL, sql } from 'drizzle-orm'
import type { posts } from '../../models/index.ts'

/**
 * Published and a post, in the very words of the index `posts_listing`: with parameters in their place
 * PostgreSQL could not know that a prepared query may use it.
 */
export function isListed(table: Pick<typeof posts, 'status' | 'type'>): SQL {
  return sql`${table.status} = 'published' and ${table.type} = 'post'`
}
