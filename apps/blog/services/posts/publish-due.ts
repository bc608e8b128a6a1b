import { and, asc, lte, sql } from 'drizzle-orm'
import { posts } from '../../models/index.ts'
import type { Graph } from '../graph/open-graph.ts'
import { lockPosts, readContent } from './read-content.ts'
import { type PostChange, saveInside } from './save-post.ts'

const batchSize = 50

/** Publishes what has waited for its time, in its order. A post that its types do not take any more stays. */
export async function publishDue(graph: Graph): Promise<readonly PostChange[]> {
  const changes: PostChange[] = []
  for (;;) {
    const done = await publishBatch(graph)
    changes.push(...done)
    if (done.length < batchSize) break
  }
  await graph.views.follow()
  return changes
}

async function publishBatch(graph: Graph): Promise<readonly PostChange[]> {
  const due = await graph.database
    .select({ id: posts.id })
    .from(posts)
    .where(and(sql`${posts.status} = 'scheduled'`, lte(posts.publishedAt, sql`now()`)))
    .orderBy(asc(posts.publishedAt))
    .limit(batchSize)
  if (due.length === 0) return []
  return graph.store.exclusively(async (inside, transaction) => {
    const changes: PostChange[] = []
    const rows = await lockPosts(
      transaction,
      due.map(({ id }) => id),
    )
    for (const row of rows) {
      // Another process may have been quicker, or an editor has thought again.
      if (row.status !== 'scheduled' || (row.publishedAt ?? new Date()) > new Date()) continue
      const content = await readContent(transaction, inside, row)
      const result = await saveInside(
        graph,
        { inside, transaction },
        {
          id: row.id,
          type: row.type,
          content: { ...content, status: 'published' },
          body: undefined,
          reason: 'publish',
        },
      )
      if (result.status === 'saved') changes.push(result.change)
    }
    return changes
  })
}
