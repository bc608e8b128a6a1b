import { and, asc, lte, notInArray, sql } from 'drizzle-orm'
import { posts } from '../../models/index.ts'
import type { Graph } from '../graph/open-graph.ts'
import type { PostChange } from './post-change.ts'
import { lockPosts, readContent } from './read-content.ts'
import { saveInside } from './save-post.ts'

const batchSize = 50

export interface Published {
  readonly changes: readonly PostChange[]
  /** Of posts that could not be stored. The others are out all the same. */
  readonly failures: readonly Error[]
}

/** Publishes what has waited for its time, in its order. A post that its types do not take any more stays. */
export async function publishDue(graph: Graph): Promise<Published> {
  const changes: PostChange[] = []
  const failures: Error[] = []
  const looked: string[] = []
  for (;;) {
    const due = await findDue(graph, looked)
    if (due.length === 0) break
    looked.push(...due)
    for (const id of due) {
      try {
        const change = await publish(graph, id)
        if (change) changes.push(change)
      } catch (cause) {
        failures.push(new Error(`post ${id} was not published`, { cause }))
      }
    }
  }
  await graph.views.follow()
  return { changes, failures }
}

/** The next ones. Those that stay must not stand in the way of the others. */
async function findDue(graph: Graph, looked: readonly string[]): Promise<readonly string[]> {
  const due = await graph.database
    .select({ id: posts.id })
    .from(posts)
    .where(
      and(
        sql`${posts.status} = 'scheduled'`,
        lte(posts.publishedAt, sql`now()`),
        notInArray(posts.id, [...looked]),
      ),
    )
    .orderBy(asc(posts.publishedAt))
    .limit(batchSize)
  return due.map(({ id }) => id)
}

function publish(graph: Graph, id: string): Promise<PostChange | undefined> {
  return graph.store.exclusively(async (inside, transaction) => {
    const [row] = await lockPosts(transaction, [id])
    // Another process may have been quicker, or an editor has thought again.
    if (row?.status !== 'scheduled' || (row.publishedAt ?? new Date()) > new Date())
      return undefined
    const content = await readContent(transaction, inside, row)
    const result = await saveInside(
      graph,
      { inside, transaction },
      {
        id,
        type: row.type,
        content: { ...content, status: 'published' },
        body: undefined,
        reason: 'publish',
      },
    )
    return result.status === 'saved' ? result.change : undefined
  })
}
