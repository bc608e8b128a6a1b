import { eq, sql } from 'drizzle-orm'
import type { Database } from '../../models/index.ts'
import type { NameTable } from './name-tables.ts'

export interface Consequences {
  readonly id: string
  readonly name: string
  readonly slug: string
  readonly updatedAt: Date
  readonly postCount: number
  /** Posts of which it is the first. */
  readonly firstCount: number
  readonly menuCount: number
}

/** What would change if a tag or an author went; one query. Undefined when it is not there. */
export async function readConsequences(
  database: Database,
  { rows, onPosts, idOnPosts, kind }: NameTable,
  id: string,
): Promise<Consequences | undefined> {
  const mine = sql`from ${onPosts} mine where mine.${sql.identifier(idOnPosts)} = ${id}`
  const [found] = await database
    .select({
      id: rows.id,
      name: rows.name,
      slug: rows.slug,
      updatedAt: rows.updatedAt,
      postCount: sql`(select count(*) ${mine})`.mapWith(Number),
      firstCount: sql`(select count(*) ${mine} and not exists (select 1 from ${onPosts} other
        where other.post_id = mine.post_id and other.sort_order < mine.sort_order))`.mapWith(
        Number,
      ),
      menuCount: sql`(select count(*) from menu_nodes where container_type <> 'removed'
        and app = 'blog' and path = ${`/go/${kind}/${id}/`})`.mapWith(Number),
    })
    .from(rows)
    .where(eq(rows.id, id))
  return found
}
