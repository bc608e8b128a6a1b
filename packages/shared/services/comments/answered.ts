import { and, eq } from 'drizzle-orm'
import type { RemoteReply } from '../../contracts/remote-comments.ts'
import { posts } from '../../models/blog.ts'
import { comments } from '../../models/conversation.ts'
import type { Queryable } from '../../models/database.ts'

const uuid = String.raw`[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}`
const commentPath = new RegExp(`^/comments/${uuid}/(${uuid})/?$`)

export interface Answered {
  readonly postId: string
  readonly parentId: string | null
}

/** A reply that we know, a comment of ours by its address, or a post by its own. */
export async function findAnswered(
  database: Queryable,
  blogUrl: string,
  { inReplyTo, postId }: Pick<RemoteReply, 'inReplyTo' | 'postId'>,
): Promise<Answered | undefined> {
  const parent = await findReply(database, inReplyTo)
  if (parent) return { postId: parent.postId, parentId: parent.id }
  const path = pathBelow(blogUrl, inReplyTo)
  const commentId = commentPath.exec(path)?.[1]
  if (commentId) {
    const [own] = await database
      .select({ id: comments.id, postId: comments.postId })
      .from(comments)
      .where(eq(comments.id, commentId))
    return own && { postId: own.postId, parentId: own.id }
  }
  if (postId !== undefined) return { postId, parentId: null }
  const slug = decode(/^\/([^/]+)\/?$/.exec(path)?.[1] ?? '')
  if (slug === '') return undefined
  const [post] = await database
    .select({ id: posts.id })
    .from(posts)
    .where(and(eq(posts.type, 'post'), eq(posts.slug, slug)))
  return post && { postId: post.id, parentId: null }
}

/** Empty when the address is not one of ours. */
function pathBelow(blogUrl: string, address: string): string {
  const [url, own] = [URL.parse(address), URL.parse(blogUrl)]
  return url && own && url.origin === own.origin ? url.pathname : ''
}

function decode(part: string): string {
  try {
    const decoded = decodeURIComponent(part)
    return decoded.includes('\0') ? '' : decoded
  } catch {
    return ''
  }
}

/** A reply from elsewhere by its id there. */
export async function findReply(
  database: Queryable,
  remoteUrl: string,
): Promise<{ readonly id: string; readonly postId: string } | undefined> {
  const [found] = await database
    .select({ id: comments.id, postId: comments.postId })
    .from(comments)
    .where(eq(comments.remoteUrl, remoteUrl))
  return found
}
