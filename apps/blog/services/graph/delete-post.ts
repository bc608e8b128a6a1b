import { eq } from 'drizzle-orm'
import { removalOf } from '../../graph/edges.ts'
import { posts } from '../../models/index.ts'
import { namesOfPost } from '../posts/page-tags.ts'
import { lockPosts } from '../posts/read-content.ts'
import { announce, type PostChange } from '../posts/save-post.ts'
import { deleteFieldValues } from './field-values.ts'
import { objectName } from './names.ts'
import type { Graph } from './open-graph.ts'

/** Takes a post away for good, with every edge that begins or ends at it. Undefined when it was not there. */
export async function deletePost(graph: Graph, id: string): Promise<PostChange | undefined> {
  const { store, views } = graph
  const change = await store.exclusively(async (inside, transaction) => {
    const [before] = await lockPosts(transaction, [id])
    if (!before) return undefined
    const names = await namesOfPost(transaction, id)
    await transaction.delete(posts).where(eq(posts.id, id))
    const object = objectName('post', id)
    await inside.write([...(await removalOf(inside, object)), deleteFieldValues(object)])
    const done = { id, type: before.type, before, after: undefined, names }
    await announce(transaction, done)
    return done
  })
  await views.follow()
  return change
}
