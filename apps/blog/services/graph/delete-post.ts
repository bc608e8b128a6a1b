import { eq } from 'drizzle-orm'
import { removalOf } from '../../graph/edges.ts'
import { posts } from '../../models/index.ts'
import { tellOfPost } from '../posts/tell-of-post.ts'
import { deleteFieldValues } from './field-values.ts'
import { objectName } from './names.ts'
import type { Graph } from './open-graph.ts'

/** Takes a post away with every edge that begins or ends at it. False when it was not there. */
export async function deletePost(graph: Graph, id: string): Promise<boolean> {
  const { store, views } = graph
  const isDeleted = await store.exclusively(async (inside, transaction) => {
    const [row] = await transaction.delete(posts).where(eq(posts.id, id)).returning()
    if (!row) return false
    const object = objectName('post', id)
    await inside.write([...(await removalOf(inside, object)), deleteFieldValues(object)])
    const { slug, type } = row
    if (row.status === 'published')
      await tellOfPost(transaction, {
        change: 'Delete',
        id,
        slug,
        isPage: type === 'page',
        visibility: 'public',
      })
    return true
  })
  await views.follow()
  return isDeleted
}
