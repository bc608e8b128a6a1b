import { sql } from 'drizzle-orm'
import {
  authors,
  comments,
  media,
  posts,
  postRevisions,
  type Queryable,
  redirects,
  redirectRules,
  tags,
} from '../../models/index.ts'
import { isOriginalFile } from './media-files.ts'

/** How much there is. Posts and pages are counted together in `posts`, without those in the trash. */
export interface ContentCounts {
  readonly posts: number
  readonly pages: number
  readonly drafts: number
  readonly tags: number
  readonly authors: number
  readonly files: number
  readonly fileBytes: number
  readonly redirects: number
  readonly comments: number
  readonly revisions: number
}

export async function countContent(database: Queryable): Promise<ContentCounts> {
  const { rows } = await database.execute<Record<keyof ContentCounts, string>>(sql`
    select
      (select count(*) from ${tags}) as tags,
      (select count(*) from ${authors}) as authors,
      (select count(*) from ${redirects}) + (select count(*) from ${redirectRules}) as redirects,
      (select count(*) from ${comments} where status <> 'deleted') as comments,
      (select count(*) from ${postRevisions}) as revisions,
      written.*, stored.*
    from
      (select count(*) as posts, count(*) filter (where type = 'page') as pages,
         count(*) filter (where status in ('draft', 'scheduled')) as drafts
       from ${posts} where type in ('post', 'page') and status <> 'trashed') written,
      (select count(*) as files, coalesce(sum(size_bytes), 0) as "fileBytes"
       from ${media} where ${isOriginalFile()}) stored`)
  const [counts] = rows
  if (!counts) throw new Error('PostgreSQL did not count')
  return Object.fromEntries(
    Object.entries(counts).map(([name, count]) => [name, Number(count)]),
  ) as unknown as ContentCounts
}
