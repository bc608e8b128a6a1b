import { ForbiddenError, NotFoundError } from '@rose-ash/shared/contracts/errors'
import type { LikeTarget } from '@rose-ash/shared/contracts/likes'
import { addNotice } from '@rose-ash/shared/infrastructure/sessions/notices'
import type { Render } from '@rose-ash/shared/infrastructure/view/templates'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { commentPath, postPath, signInPath } from '../comments/addresses.ts'
import { isPartWanted, sendPart } from '../comments/parts.ts'
import { type LikeButton, likePath } from './describe-like.ts'

interface Options {
  readonly render: Render
}

const params = z.object({ type: z.enum(['post', 'comment']), id: z.uuid() })
/** A button that knows how it stands says what it is for, so that pressing it twice is no harm. */
const posted = z.object({ want: z.enum(['like', 'unlike']).optional().catch(undefined) })

interface Liked {
  readonly target: LikeTarget & { readonly type: 'post' | 'comment' }
  readonly what: string
  readonly path: string
}

/** Likes of posts and comments: a button that stands in pages, and what it does. */
export async function likeRoutes(app: FastifyInstance, { render }: Options): Promise<void> {
  const { comments, likes } = app.services

  app.get('/likes/:type/:id/', async (request, reply) => {
    return sendButton(request, reply, await findLiked(request))
  })

  app.post('/likes/:type/:id/', async (request, reply) => {
    const liked = await findLiked(request)
    const { user } = request
    if (!user) return reply.redirect(signInPath(liked.path), 303)
    const { want } = posted.parse(request.body ?? {})
    const { target, path } = liked
    const isLiked = want ? want === 'like' : await likes.toggle(user.id, target)
    if (want) await likes.put(user.id, target, isLiked)
    if (isPartWanted(request)) return sendButton(request, reply, liked)
    const text = isLiked ? 'You like this.' : 'You no longer like this.'
    addNotice(reply, { tone: 'success', text })
    return reply.redirect(path, 303)
  })

  /** What may be liked is what may be read. */
  async function findLiked(request: FastifyRequest): Promise<Liked> {
    const parsed = params.safeParse(request.params)
    const missing = new NotFoundError('There is nothing to like at this address.')
    if (!parsed.success) throw missing
    const { type, id } = parsed.data
    if (type === 'post') {
      const post = await comments.findPost({ id }, request.user)
      if (!post) throw missing
      if (!post.isReadable && request.method !== 'GET') {
        throw new ForbiddenError('Only those who can read a post can like it.')
      }
      return { target: { type, id }, what: 'this post', path: postPath(post.slug) }
    }
    const place = await comments.findPlace(id, request.user)
    if (!place?.isPublished) throw missing
    const path = commentPath({ postId: place.postId, commentId: id })
    return { target: { type, id }, what: 'this comment', path }
  }

  async function sendButton(
    request: FastifyRequest,
    reply: FastifyReply,
    { target, what, path }: Liked,
  ): Promise<FastifyReply> {
    const { type, id } = target
    const { user } = request
    const [counts, isLiked] = await Promise.all([
      likes.counts(type, [id]),
      user ? likes.isLiked(user.id, target) : false,
    ])
    const button: LikeButton = {
      action: likePath(type, id),
      isLiked,
      count: counts.get(id) ?? 0,
      what,
      signInUrl: user ? null : signInPath(path),
    }
    return sendPart(reply, render('partials/like-button', button))
  }
}
