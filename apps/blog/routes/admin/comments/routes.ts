import type {
  ModeratedComment,
  ModerationView,
} from '@rose-ash/shared/contracts/comment-moderation'
import { InvalidInputError } from '@rose-ash/shared/contracts/errors'
import { may } from '@rose-ash/shared/contracts/permissions'
import { addNotice } from '@rose-ash/shared/infrastructure/sessions/notices'
import { requirePermission } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import { initialOf } from '@rose-ash/shared/infrastructure/view/initial'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { commentPath, postPath } from '../../comments/addresses.ts'
import { describeChanges, readChanges, writeChanges } from './changes.ts'

interface Options {
  readonly page: PageRenderer
}

const views = [
  ['held', 'Waiting'],
  ['reported', 'Reported'],
  ['all', 'All'],
] as const satisfies readonly (readonly [ModerationView, string])[]

const actions = ['approve', 'hide', 'put-back', 'dismiss', 'delete'] as const

const place = z.object({
  view: z.enum(['held', 'reported', 'all']).catch('held'),
  member: z.uuid().optional().catch(undefined),
})
const asked = place.extend({
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
  changed: z.string().max(10_000).catch(''),
})
const manyIds = z.union([z.uuid().transform((id) => [id]), z.array(z.uuid()).max(100)]).default([])
const posted = place.extend({
  comment: manyIds,
  action: z.enum(actions).optional(),
  /** Of a button beside one comment: what to do, and to which. Then what is ticked does not matter. */
  one: z
    .string()
    .regex(/^[a-z-]+:[\da-f-]{36}$/)
    .optional(),
})
const undone = place.extend({ changed: z.string().max(10_000).catch('') })

/** Comments that wait, that were reported, and all others. For moderators of the whole site. */
export async function commentAdminRoutes(app: FastifyInstance, { page }: Options): Promise<void> {
  const { comments } = app.services

  app.get('/admin/comments/', async (request, reply) => {
    const { roles } = requirePermission(request, 'comments.moderate')
    const mayBlock = may(roles, 'federation.moderate')
    const { view, member, page: pageNumber, changed } = asked.parse(request.query)
    const list = await comments.listForModeration({ view, userId: member, pageNumber })
    const changes = readChanges(changed)
    const counts = { held: list.heldCount, reported: list.reportedCount, all: null }
    return page(request, reply, {
      template: 'pages/admin/comments',
      title: 'Comments',
      isPrivate: true,
      data: {
        view,
        member: member ?? null,
        memberName: list.memberName,
        comments: list.comments.map((comment) => describe(comment, mayBlock)),
        views: views.map(([name, label]) => ({
          label,
          url: listUrl({ view: name, member }),
          count: counts[name],
          isCurrent: name === view,
        })),
        everybodyUrl: listUrl({ view }),
        undo: changes.length > 0 ? { text: describeChanges(changes), changed } : null,
        newerUrl: pageNumber > 1 ? listUrl({ view, member, pageNumber: pageNumber - 1 }) : null,
        olderUrl: list.hasMore ? listUrl({ view, member, pageNumber: pageNumber + 1 }) : null,
        pageNumber,
      },
    })
  })

  app.post('/admin/comments/', async (request, reply) => {
    requirePermission(request, 'comments.moderate')
    const { ids, action, view, member } = readWish(request.body)
    if (action === 'delete') {
      const count = await comments.erase(ids)
      const what = count === 1 ? '1 comment is' : `${count} comments are`
      addNotice(reply, { tone: 'success', text: `${what} deleted for good.` })
      return reply.redirect(listUrl({ view, member }), 303)
    }
    const { changes, dismissed } = await comments.moderate(ids, action)
    if (dismissed > 0) {
      const whose = dismissed === 1 ? '1 comment' : `${dismissed} comments`
      addNotice(reply, { tone: 'success', text: `The reports of ${whose} are dealt with.` })
    } else if (changes.length === 0) {
      addNotice(reply, {
        tone: 'warning',
        text: 'There was nothing to do: it had been done already.',
      })
    }
    return reply.redirect(listUrl({ view, member, changed: writeChanges(changes) }), 303)
  })

  app.post('/admin/comments/undo', async (request, reply) => {
    requirePermission(request, 'comments.moderate')
    const { view, member, changed } = undone.parse(request.body ?? {})
    const count = await comments.undo(readChanges(changed).slice(0, 100))
    addNotice(
      reply,
      count > 0
        ? { tone: 'success', text: 'It is as it was before.' }
        : { tone: 'warning', text: 'Nothing was undone: it has changed again since.' },
    )
    return reply.redirect(listUrl({ view, member }), 303)
  })
}

/** Throws InvalidInputError for a form that asks for nothing that can be done. */
function readWish(body: unknown) {
  const parsed = posted.safeParse(body ?? {})
  if (!parsed.success) throw new InvalidInputError('That form was not one of this page.')
  const { one, view, member } = parsed.data
  const [oneAction, oneId] = one?.split(':') ?? []
  const action = one ? actions.find((name) => name === oneAction) : parsed.data.action
  const ids = one ? z.array(z.uuid()).safeParse([oneId]).data : parsed.data.comment
  if (!action || !ids) throw new InvalidInputError('That form was not one of this page.')
  if (ids.length === 0) throw new InvalidInputError('Please tick the comments that you mean first.')
  return { ids, action, view, member }
}

function describe(comment: ModeratedComment, mayBlock: boolean) {
  const { id, postId, status } = comment
  return {
    ...comment,
    initial: initialOf(comment.name),
    isHeld: status === 'held',
    isHidden: status === 'hidden',
    isEdited: comment.editedAt !== null,
    url: commentPath({ postId, commentId: id }),
    postUrl: postPath(comment.postSlug),
    memberUrl: comment.userId && listUrl({ view: 'all', member: comment.userId }),
    server: comment.remoteUrl && (URL.parse(comment.remoteUrl)?.host ?? null),
    mayBlock: mayBlock && comment.remoteUrl !== null,
  }
}

function listUrl({
  view,
  member,
  pageNumber = 1,
  changed = '',
}: {
  readonly view: ModerationView
  readonly member?: string | undefined
  readonly pageNumber?: number
  readonly changed?: string
}): string {
  const query = new URLSearchParams({
    ...(view !== 'held' && { view }),
    ...(member !== undefined && { member }),
    ...(pageNumber > 1 && { page: String(pageNumber) }),
    ...(changed !== '' && { changed }),
  }).toString()
  return `/admin/comments/${query && `?${query}`}`
}
