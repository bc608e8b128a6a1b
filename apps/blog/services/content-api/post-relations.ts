import { asc, eq, inArray } from 'drizzle-orm'
import {
  authors,
  type Database,
  postAuthors,
  postTags,
  postTiers,
  tags,
  tiers,
} from '../../models/index.ts'
import { authorColumns, tagColumns } from './columns.ts'
import type { AuthorRow } from './describe-author.ts'
import type { TagRow } from './describe-tag.ts'
import type { TierRow } from './describe-tier.ts'

/** What belongs to some posts, by the post's own id and in order. */
export interface PostRelations {
  readonly tags: ReadonlyMap<string, readonly TagRow[]>
  readonly authors: ReadonlyMap<string, readonly AuthorRow[]>
  /** Of posts of visibility `tiers`. */
  readonly tierIds: ReadonlyMap<string, readonly string[]>
  readonly tiers: readonly TierRow[]
}

/** One query for each kind that is asked for, however many posts there are. */
export async function readRelations(
  database: Database,
  postIds: readonly string[],
  include: ReadonlySet<string>,
): Promise<PostRelations> {
  const ids = [...postIds]
  const wants = (name: string) => ids.length > 0 && include.has(name)
  const [tagRows, authorRows, tierLinks, allTiers] = await Promise.all([
    wants('tags')
      ? database
          .select({ postId: postTags.postId, ...tagColumns })
          .from(postTags)
          .innerJoin(tags, eq(tags.id, postTags.tagId))
          .where(inArray(postTags.postId, ids))
          .orderBy(asc(postTags.sortOrder))
      : [],
    wants('authors')
      ? database
          .select({ postId: postAuthors.postId, ...authorColumns })
          .from(postAuthors)
          .innerJoin(authors, eq(authors.id, postAuthors.authorId))
          .where(inArray(postAuthors.postId, ids))
          .orderBy(asc(postAuthors.sortOrder))
      : [],
    wants('tiers') ? database.select().from(postTiers).where(inArray(postTiers.postId, ids)) : [],
    wants('tiers') ? readAllTiers(database) : [],
  ])
  const byPost = <Row extends { readonly postId: string }>(rows: readonly Row[]) =>
    new Map(Map.groupBy(rows, ({ postId }) => postId))
  return {
    tags: byPost(tagRows),
    authors: byPost(authorRows),
    tierIds: new Map(
      [...byPost(tierLinks)].map(([id, links]) => [id, links.map(({ tierId }) => tierId)]),
    ),
    tiers: allTiers,
  }
}

/** There are few of them: an installation's price list. */
function readAllTiers(database: Database): Promise<TierRow[]> {
  return database.select().from(tiers).orderBy(asc(tiers.createdAt), asc(tiers.id)).limit(100)
}
