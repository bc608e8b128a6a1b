import { eq } from 'drizzle-orm'
import { type CommentsService, commentsTag } from '../../contracts/comments.ts'
import { ForbiddenError, InvalidInputError, NotFoundError } from '../../contracts/errors.ts'
import type { MembersService } from '../../contracts/members.ts'
import type { CurrentUser } from '../../contracts/visitor.ts'
import { commentReports, comments } from '../../models/conversation.ts'
import type { ServiceDependencies } from '../registry.ts'
import type { CleanHtml } from './clean-html.ts'
import { readCommentText, readReason } from './comment-text.ts'
import { findDiscussedPost } from './discussed-post.ts'
import { dismissReports, listForModeration, moderateComments, undoChanges } from './moderation.ts'
import { editComment, findOwnComment, removeOwnComment } from './own-comments.ts'
import {
  eraseComments,
  findRemoteAuthor,
  hideRepliesOf,
  removeRepliesOf,
} from './remote-authors.ts'
import { receiveReply, removeReply, type ReplyParts, updateReply } from './replies.ts'
import { countPublished, findPageNumber, readThread } from './thread.ts'
import { addComment } from './write.ts'

export function createCommentsService(
  { database, cache, publicUrls }: Pick<ServiceDependencies, 'database' | 'cache' | 'publicUrls'>,
  {
    members,
    cleanHtml,
  }: { readonly members: Pick<MembersService, 'standingOf'>; readonly cleanHtml: CleanHtml },
): CommentsService {
  const replies: ReplyParts = { database, cleanHtml, blogUrl: publicUrls.blog }
  const findPost: CommentsService['findPost'] = (name, visitor) =>
    findDiscussedPost({ database, members }, name, visitor)

  /** Once the change is committed. */
  async function forgetCounts(postIds: readonly string[]): Promise<void> {
    if (postIds.length > 0) await cache.invalidateTags([...new Set(postIds)].map(commentsTag))
  }

  /** A comment under a post whose discussion this visitor may see. */
  async function findSeen(commentId: string, visitor: CurrentUser | undefined) {
    const [comment] = await database
      .select({
        id: comments.id,
        postId: comments.postId,
        userId: comments.userId,
        status: comments.status,
      })
      .from(comments)
      .where(eq(comments.id, commentId))
    if (!comment) return undefined
    const post = await findPost({ id: comment.postId }, visitor)
    return post?.isReadable && post.takesComments ? { ...comment, post } : undefined
  }

  return {
    findPost,

    async list(post, { visitor, pageNumber }) {
      assertOpen(post)
      return readThread(database, post.id, { visitorId: visitor?.id, pageNumber })
    },

    async findPlace(commentId, visitor) {
      const comment = await findSeen(commentId, visitor)
      if (!comment) return undefined
      const pageNumber = await findPageNumber(database, comment, visitor?.id)
      if (pageNumber === undefined) return undefined
      const { postId, post, status } = comment
      return { postId, slug: post.slug, pageNumber, isPublished: status === 'published' }
    },

    async add(post, { author, text, parentId }) {
      assertOpen(post)
      const checked = { author, text: readCommentText(text), parentId }
      const { id, isHeld, isNew } = await addComment(database, post, checked)
      if (isNew && !isHeld) await forgetCounts([post.id])
      return { id, isHeld }
    },

    findOwn: (commentId, author) => findOwnComment(database, commentId, author),

    async edit(commentId, { author, text }) {
      const comment = await findSeen(commentId, author)
      if (comment?.userId !== author.id) {
        throw new NotFoundError('There is no such comment of yours.')
      }
      await editComment(database, commentId, { author, text: readCommentText(text) })
    },

    async remove(commentId, author) {
      await forgetCounts([await removeOwnComment(database, commentId, author)])
    },

    async report(commentId, { by, reason }) {
      const comment = await findSeen(commentId, by)
      if (comment?.status !== 'published') throw new NotFoundError('There is no such comment.')
      if (comment.userId === by.id) {
        throw new InvalidInputError('This is your own comment. You can delete it yourself.')
      }
      const checked = readReason(reason)
      await database
        .insert(commentReports)
        .values({ commentId, userId: by.id, reason: checked })
        .onConflictDoUpdate({
          target: [commentReports.commentId, commentReports.userId],
          set: { reason: checked },
        })
    },

    counts: (postIds) => countPublished(database, postIds),

    listForModeration: (asked) => listForModeration(database, asked),

    async moderate(ids, action) {
      if (ids.length === 0) return { changes: [], dismissed: 0 }
      if (action === 'dismiss') {
        return { changes: [], dismissed: await dismissReports(database, ids) }
      }
      const moved = await moderateComments(database, ids, action)
      await forgetCounts(moved.map(({ postId }) => postId))
      return { changes: moved.map(({ id, from, to }) => ({ id, from, to })), dismissed: 0 }
    },

    async undo(changes) {
      const postIds = await undoChanges(database, changes)
      await forgetCounts(postIds)
      return postIds.length
    },

    async receiveReply(reply) {
      const received = await receiveReply(replies, reply)
      if (received.status !== 'received') return received
      const { postId, ...told } = received
      if (!told.isHeld) await forgetCounts([postId])
      return told
    },

    updateReply: (change) => updateReply(replies, change),

    async removeReply(reply) {
      const postId = await removeReply(replies, reply)
      if (postId !== undefined) await forgetCounts([postId])
      return postId !== undefined
    },

    async removeRepliesOf(author) {
      await forgetCounts(await removeRepliesOf(database, author))
    },

    findRemoteAuthor: (commentId) => findRemoteAuthor(database, commentId),

    async erase(ids) {
      const postIds = await eraseComments(database, ids)
      await forgetCounts(postIds)
      return postIds.length
    },

    async hideRepliesOf(author) {
      const postIds = await hideRepliesOf(database, author)
      await forgetCounts(postIds)
      return postIds.length
    },
  }
}

function assertOpen(post: { readonly takesComments: boolean; readonly isReadable: boolean }): void {
  if (!post.takesComments) throw new NotFoundError('This post takes no comments.')
  if (!post.isReadable) {
    throw new ForbiddenError('The comments are for those who can read the whole post.')
  }
}
