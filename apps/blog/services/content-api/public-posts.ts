import { type Column, type SQL, sql } from 'drizzle-orm'
import { posts } from '../../models/index.ts'
import { isListed } from '../posts/is-listed.ts'

export type Kind = 'post' | 'page'

/** What everybody may know of: in words that PostgreSQL finds its indexes by. */
export function isPublished(kind: Kind): SQL {
  return kind === 'post'
    ? isListed(posts)
    : sql`${posts.status} = 'published' and ${posts.type} = 'page'`
}

type Link = 'tag' | 'author'

/**
 * To be joined as `counts`: how many published posts each tag or author has; pages do not count. All of
 * them at once, since PostgreSQL would look up every post of every tag otherwise.
 */
export function postCounts(link: Link): SQL {
  const owner = sql.raw(`${link}_id`)
  return sql`(select link.${owner} as owner_id, count(*)::int as value
    from ${sql.raw(`post_${link}s`)} link join ${posts} on ${posts.id} = link.post_id
    where ${isPublished('post')} group by 1) counts`
}

/** Of a row that they were joined to; null when they were not, or there are none. */
export const postCount = sql<number | null>`counts.value`

/** The counts joined under their name; those without posts have none. */
export const countOrder = sql.raw('coalesce(counts.value, 0)')

export function hasPosts(link: Link, owner: Column): SQL<boolean> {
  return sql<boolean>`exists (select 1 from ${linked(link, owner)} and written.type = 'post')`
}

/** Pages count too. */
export function hasWritten(owner: Column): SQL<boolean> {
  return sql<boolean>`exists (select 1 from ${linked('author', owner)} and written.type in ('post', 'page'))`
}

function linked(link: Link, owner: Column): SQL {
  const [table, column] = [sql.raw(`post_${link}s`), sql.raw(`${link}_id`)]
  return sql`${table} link join posts written on written.id = link.post_id
    where link.${column} = ${owner} and written.status = 'published'`
}
