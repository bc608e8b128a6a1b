import type { Database } from '../../models/index.ts'
import { derivedId, type GhostIds, type GhostKind } from './ghost-ids.ts'
import {
  groupByPost,
  readAuthorsOf,
  readBriefPosts,
  readTagsOf,
  readTiersOf,
  type RelatedRow,
} from './read-posts.ts'

type Row = Record<string, unknown>

interface Relation {
  readonly table: string
  readonly kind: GhostKind
  readonly column: string
  readonly read: (database: Database, postIds: readonly string[]) => Promise<readonly RelatedRow[]>
}

export const postTagRelation: Relation = {
  table: 'posts_tags',
  kind: 'tag',
  column: 'tag_id',
  read: readTagsOf,
}

export const postAuthorRelation: Relation = {
  table: 'posts_authors',
  kind: 'author',
  column: 'author_id',
  read: readAuthorsOf,
}

export const postTierRelation: Relation = {
  table: 'posts_products',
  kind: 'tier',
  column: 'product_id',
  read: readTiersOf,
}

/** Rows of a table that joins posts with what they have; `sort_order` counts from 0 in each post. */
export async function* relationRows(
  database: Database,
  ids: GhostIds,
  { table, kind, column, read }: Relation,
): AsyncGenerator<readonly Row[]> {
  for await (const page of readBriefPosts(database)) {
    const related = groupByPost(
      await read(
        database,
        page.map(({ id }) => id),
      ),
    )
    yield page.flatMap((post) => {
      const postId = ids.of('post', post)
      return (related.get(post.id) ?? []).map((row, sortOrder) => {
        const relatedId = ids.of(kind, row)
        return {
          id: derivedId(table, postId, relatedId),
          post_id: postId,
          [column]: relatedId,
          sort_order: sortOrder,
        }
      })
    })
  }
}
