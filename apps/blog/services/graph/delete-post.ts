import type { RelationsService } from '@rose-ash/shared/contracts/relations'
import { and, eq, inArray, ne, notExists, or, sql } from 'drizzle-orm'
import { removalOf } from '../../graph/edges.ts'
import {
  comments,
  likes,
  menuNodes,
  posts,
  redirects,
  type Transaction,
} from '../../models/index.ts'
import { namesOfPost } from '../posts/page-tags.ts'
import { announce, type PostChange } from '../posts/post-change.ts'
import { lockPosts, type PostRow } from '../posts/read-content.ts'
import { deleteFieldValues } from './field-values.ts'
import { objectName } from './names.ts'
import type { Graph } from './open-graph.ts'

/**
 * Takes a post away for good, with every edge that begins or ends at it, and with its place among containers.
 * Undefined when it was not there.
 */
export async function deletePost(
  graph: Graph,
  id: string,
  relations?: Pick<RelationsService, 'detachAll'>,
): Promise<PostChange | undefined> {
  const { store, views } = graph
  const change = await store.exclusively(async (inside, transaction) => {
    const [before] = await lockPosts(transaction, [id])
    if (!before) return undefined
    const names = await namesOfPost(transaction, id)
    await forgetWhatNamesIt(transaction, before)
    for (const type of ['page', 'post']) await relations?.detachAll({ type, id }, transaction)
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

/**
 * What names a post without a foreign key: likes of it and of its comments, its menu when it is a page, and
 * addresses that led to it, unless a page or post of the same slug is there still.
 */
async function forgetWhatNamesIt(transaction: Transaction, { id, slug }: PostRow): Promise<void> {
  const ofComments = transaction
    .select({ id: sql<string>`${comments.id}::text` })
    .from(comments)
    .where(eq(comments.postId, id))
  const isOfPost = and(eq(likes.targetType, 'post'), eq(likes.targetId, id))
  const isOfComment = and(eq(likes.targetType, 'comment'), inArray(likes.targetId, ofComments))
  await transaction.delete(likes).where(or(isOfPost, isOfComment))
  const { containerType, containerId } = menuNodes
  await transaction.delete(menuNodes).where(and(eq(containerType, 'page'), eq(containerId, id)))
  const others = transaction
    .select({ id: posts.id })
    .from(posts)
    .where(and(eq(posts.slug, slug), ne(posts.id, id), inArray(posts.type, ['post', 'page'])))
  await transaction
    .delete(redirects)
    .where(and(eq(redirects.toPath, `/${slug}/`), notExists(others)))
}
