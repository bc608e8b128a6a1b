import { eq } from 'drizzle-orm'
import { posts } from '../../models/index.ts'
import type { Graph } from '../graph/open-graph.ts'
import { namesOfPost } from './page-tags.ts'
import { announce, type PostChange } from './post-change.ts'
import { lockPosts, type PostRow } from './read-content.ts'
import type { Inside } from './save-post.ts'

/** Takes posts out of sight. Those that are there already, or not at all, are left out of the result. */
export function trashPosts(graph: Graph, ids: readonly string[]): Promise<readonly PostChange[]> {
  return change(graph, ids, (row) =>
    row.status === 'trashed'
      ? undefined
      : { status: 'trashed', trashedFrom: row.status, trashedAt: new Date() },
  )
}

/** Puts posts back as what they were. One whose time to be published has passed meanwhile is a draft. */
export function putBackPosts(graph: Graph, ids: readonly string[]): Promise<readonly PostChange[]> {
  return change(graph, ids, (row) => {
    if (row.status !== 'trashed') return undefined
    const isLate = row.trashedFrom === 'scheduled' && (row.publishedAt ?? new Date(0)) <= new Date()
    const status = isLate ? 'draft' : (row.trashedFrom ?? 'draft')
    return { status, trashedFrom: null, trashedAt: null }
  })
}

type StatusChange = Pick<PostRow, 'status' | 'trashedFrom' | 'trashedAt'>

async function change(
  graph: Graph,
  ids: readonly string[],
  next: (row: PostRow) => StatusChange | undefined,
): Promise<readonly PostChange[]> {
  const changes = await graph.store.exclusively(async (_inside, transaction) => {
    const done: PostChange[] = []
    for (const before of await lockPosts(transaction, ids)) {
      const values = next(before)
      if (values) done.push(await changeRow({ transaction }, before, values))
    }
    return done
  })
  return changes
}

async function changeRow(
  { transaction }: Pick<Inside, 'transaction'>,
  before: PostRow & { readonly type: 'post' | 'page' },
  values: StatusChange,
): Promise<PostChange> {
  const [after] = await transaction
    .update(posts)
    .set({ ...values, version: before.version + 1, updatedAt: new Date() })
    .where(eq(posts.id, before.id))
    .returning()
  if (!after) throw new Error('PostgreSQL did not return the post that it changed')
  const names = await namesOfPost(transaction, before.id)
  const done = { id: before.id, type: before.type, before, after, names }
  await announce(transaction, done)
  return done
}
