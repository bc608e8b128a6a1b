import { editMinutes, longestComment, type OwnComment } from '@rose-ash/shared/contracts/comments'
import { InvalidInputError, NotFoundError } from '@rose-ash/shared/contracts/errors'
import type { CurrentUser } from '@rose-ash/shared/contracts/visitor'
import { addNotice } from '@rose-ash/shared/infrastructure/sessions/notices'
import { requireUser } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { commentPath, discussionPath } from './addresses.ts'

interface Options {
  readonly page: PageRenderer
}

const params = z.object({ postId: z.uuid(), commentId: z.uuid() })
const posted = z.object({ text: z.string().catch(''), reason: z.string().catch('') })
const missing = 'There is no such comment of yours.'

/** What members do with one comment: change or delete their own, report another's. */
export async function ownCommentRoutes(app: FastifyInstance, { page }: Options): Promise<void> {
  const { comments } = app.services

  app.get('/comments/:postId/:commentId/edit', async (request, reply) => {
    const comment = await findOwn(request, requireUser(request))
    return sendForm(request, reply, { comment, text: comment.text })
  })

  app.post('/comments/:postId/:commentId/edit', async (request, reply) => {
    const author = requireUser(request)
    const comment = await findOwn(request, author)
    const { text } = posted.parse(request.body ?? {})
    try {
      await comments.edit(comment.id, { author, text })
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error
      return sendForm(request, reply, { comment, text, error: error.message })
    }
    addNotice(reply, { tone: 'success', text: 'Your comment is changed.' })
    return reply.redirect(commentPath({ postId: comment.postId, commentId: comment.id }), 303)
  })

  app.post('/comments/:postId/:commentId/delete', async (request, reply) => {
    const author = requireUser(request)
    const comment = await findOwn(request, author)
    await comments.remove(comment.id, author)
    addNotice(reply, { tone: 'success', text: 'Your comment is deleted.' })
    return reply.redirect(discussionPath(comment.slug), 303)
  })

  app.post('/comments/:postId/:commentId/report', async (request, reply) => {
    const by = requireUser(request)
    const { postId, commentId } = parse(request)
    const place = await comments.findPlace(commentId, by)
    if (place?.postId !== postId) throw new NotFoundError('There is no such comment here.')
    const { reason } = posted.parse(request.body ?? {})
    await comments.report(commentId, { by, reason })
    addNotice(reply, { tone: 'success', text: 'Thank you. A moderator will look at it.' })
    const { slug, pageNumber } = place
    return reply.redirect(discussionPath(slug, { pageNumber, commentId }), 303)
  })

  async function findOwn(request: FastifyRequest, author: CurrentUser): Promise<OwnComment> {
    const { postId, commentId } = parse(request)
    const comment = await comments.findOwn(commentId, author)
    if (comment?.postId !== postId) throw new NotFoundError(missing)
    return comment
  }

  function sendForm(
    request: FastifyRequest,
    reply: FastifyReply,
    shown: { readonly comment: OwnComment; readonly text: string; readonly error?: string },
  ): Promise<FastifyReply> {
    const { comment, text, error } = shown
    const path = commentPath({ postId: comment.postId, commentId: comment.id })
    return page(request, reply, {
      template: 'pages/comment-edit',
      title: 'Your comment',
      isPrivate: true,
      status: error === undefined ? 200 : 422,
      data: {
        postTitle: comment.postTitle,
        backUrl: path,
        html: comment.html,
        editMinutes,
        deleteAction: `${path}delete`,
        form: comment.canEdit
          ? {
              action: `${path}edit`,
              fieldId: 'comment-text',
              label: 'Your comment',
              parentId: null,
              text,
              error: error ?? null,
              longest: longestComment,
              submitLabel: 'Save',
            }
          : null,
      },
    })
  }
}

function parse(request: FastifyRequest): z.output<typeof params> {
  const parsed = params.safeParse(request.params)
  if (!parsed.success) throw new NotFoundError(missing)
  return parsed.data
}
