import type { ActorAddresses } from '@rose-ash/shared/activitypub/addresses'
import type { DiscussedPost } from '@rose-ash/shared/contracts/comments'
import {
  ConflictError,
  InvalidInputError,
  NotFoundError,
  type PlatformError,
  TooManyRequestsError,
} from '@rose-ash/shared/contracts/errors'
import { addNotice } from '@rose-ash/shared/infrastructure/sessions/notices'
import { requireUser } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { Render } from '@rose-ash/shared/infrastructure/view/templates'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { commentPath, discussionPath, postPath, signInPath } from './addresses.ts'
import { type AskedThread, describeThread } from './describe-thread.ts'
import { ownCommentRoutes } from './own-routes.ts'
import { isPartWanted, sendPart } from './parts.ts'

interface Options {
  readonly page: PageRenderer
  readonly render: Render
  readonly actor: ActorAddresses
}

type Asked = Omit<AskedThread, 'actor'>

const ofPost = z.object({ postId: z.uuid() })
const ofComment = ofPost.extend({ commentId: z.uuid() })
const asked = z.object({ page: z.coerce.number().int().min(1).max(100_000).catch(1) })
const posted = z.object({
  text: z.string().catch(''),
  parent: z.uuid().optional(),
})
const missing = 'There is no such discussion here.'

/**
 * The discussion of a post: a part that its page asks for, and a page of its own without scripts.
 * Neither is ever kept for anybody else.
 */
export async function commentRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { page, render, actor } = options
  const { comments } = app.services

  app.get('/comments/:postId/', async (request, reply) => {
    const post = await findOpen(request, { id: parse(ofPost, request.params).postId })
    const { page: pageNumber } = asked.parse(request.query)
    return sendThreadPart(reply, { post, visitor: request.user, pageNumber, isPart: true })
  })

  app.get<{ Params: { slug: string } }>('/:slug/comments/', async (request, reply) => {
    const post = await findOpen(request, { slug: request.params.slug })
    const { page: pageNumber } = asked.parse(request.query)
    return sendThreadPage(request, reply, {
      post,
      visitor: request.user,
      pageNumber,
      isPart: false,
    })
  })

  app.get('/comments/:postId/:commentId/', async (request, reply) => {
    const { postId, commentId } = parse(ofComment, request.params)
    const place = await comments.findPlace(commentId, request.user)
    if (!place && (await isForMembersOnly(request, postId))) {
      return reply.redirect(signInPath(commentPath({ postId, commentId })), 303)
    }
    if (place?.postId !== postId) throw new NotFoundError('There is no such comment here.')
    return reply
      .header('cache-control', 'private, no-store')
      .redirect(discussionPath(place.slug, { pageNumber: place.pageNumber, commentId }), 303)
  })

  app.post('/comments/:postId/', async (request, reply) => {
    const visitor = requireUser(request)
    const post = await findOpen(request, { id: parse(ofPost, request.params).postId })
    const sent = posted.safeParse(request.body ?? {})
    if (!sent.success) throw new InvalidInputError('The comment that you answer is not there.')
    const { text, parent: parentId } = sent.data
    const isPart = isPartWanted(request)
    try {
      const { id, isHeld } = await comments.add(post, { author: visitor, text, parentId })
      const place = await comments.findPlace(id, visitor)
      const message = describeOutcome({ isHeld, isShown: place !== undefined })
      const pageNumber = place?.pageNumber ?? 1
      if (isPart) {
        return await sendThreadPart(reply, {
          post,
          visitor,
          pageNumber,
          isPart,
          message,
          shows: id,
        })
      }
      addNotice(reply, { tone: 'success', text: message })
      return await reply.redirect(discussionPath(post.slug, { pageNumber, commentId: id }), 303)
    } catch (error) {
      if (!isAboutText(error)) throw error
      const answered = parentId && (await comments.findPlace(parentId, visitor))
      const pageNumber = answered ? answered.pageNumber : 1
      // What can no longer be answered can still be said.
      const isGone = error instanceof ConflictError
      const draft = { text, error: error.message, parentId: isGone ? undefined : parentId }
      const thread = { post, visitor, pageNumber, isPart, draft }
      void reply.status(error instanceof InvalidInputError ? 422 : error.status)
      return isPart ? sendThreadPart(reply, thread) : sendThreadPage(request, reply, thread)
    }
  })

  await app.register(ownCommentRoutes, { page })

  /** Who comes from a mail may have to sign in first. */
  async function isForMembersOnly(request: FastifyRequest, postId: string): Promise<boolean> {
    if (request.user) return false
    const post = await comments.findPost({ id: postId }, undefined)
    return post !== undefined && post.takesComments && !post.isReadable
  }

  async function findOpen(
    request: FastifyRequest,
    name: { readonly id: string } | { readonly slug: string },
  ): Promise<DiscussedPost> {
    const post = await comments.findPost(name, request.user)
    if (!post?.takesComments) throw new NotFoundError(missing)
    return post
  }

  async function sendThreadPart(
    reply: FastifyReply,
    { shows, ...thread }: Asked & { readonly shows?: string },
  ): Promise<FastifyReply> {
    const data = await describeThread(app.services, { ...thread, actor })
    return sendPart(reply, render('partials/comments', data), shows && `comment-${shows}`)
  }

  async function sendThreadPage(
    request: FastifyRequest,
    reply: FastifyReply,
    thread: Asked,
  ): Promise<FastifyReply> {
    const { post, pageNumber } = thread
    const data = await describeThread(app.services, { ...thread, actor })
    return page(request, reply, {
      template: 'pages/comments',
      title: `Comments on ${post.title}${pageNumber > 1 ? `, page ${pageNumber}` : ''}`,
      isPrivate: true,
      status: reply.statusCode,
      data: { ...data, title: post.title, postUrl: postPath(post.slug) },
    })
  }
}

function parse<Output>(schema: z.ZodType<Output>, params: unknown): Output {
  const parsed = schema.safeParse(params)
  if (!parsed.success) throw new NotFoundError(missing)
  return parsed.data
}

function isAboutText(error: unknown): error is PlatformError {
  return (
    error instanceof InvalidInputError ||
    error instanceof TooManyRequestsError ||
    error instanceof ConflictError
  )
}

function describeOutcome({ isHeld, isShown }: { isHeld: boolean; isShown: boolean }): string {
  if (!isShown) return 'You have said that already, and a moderator has taken it away.'
  return isHeld
    ? 'Thank you. A moderator reads your first comment before others see it.'
    : 'Your comment is published.'
}
