import { sql } from 'drizzle-orm'
import type { Database } from '../../models/index.ts'
import { slugify } from './slugs.ts'

/**
 * The name under which a site's rows are kept. An export names its site by its title alone, which
 * may change; so a site that was imported before is known again by its posts' ids, which Ghost makes
 * unique. Call when the staging is finished, on its session.
 */
export async function findSource(session: Database, title: string | undefined): Promise<string> {
  const { rows } = await session.execute<{ source: string }>(sql`
    select posts.source from posts join ghost_rows on ghost_rows.id = posts.source_id
    where ghost_rows.kind = 'posts' and length(posts.source_id) = 24
      and posts.source like 'ghost:%'
    group by posts.source order by count(*) desc, posts.source limit 1`)
  return rows[0]?.source ?? sourceOf(title ?? 'site')
}

/** `ghost:pebble-and-tide` of “Pebble & Tide”, or of the name somebody gave on the command line. */
export function sourceOf(name: string): string {
  const bare = name.replace(/^ghost:/, '')
  return `ghost:${slugify(bare.replaceAll('&', ' and ')) || 'site'}`
}
