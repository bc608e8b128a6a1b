import { InvalidInputError } from '@rose-ash/shared/contracts/errors'
import { addNotice } from '@rose-ash/shared/infrastructure/sessions/notices'
import { requirePermission } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { type BulkAction, bulkLimit } from '../../../services/posts/bulk-action.ts'
import type { BulkOutcome } from '../../../services/posts/bulk.ts'
import type { PostWriter } from '../../../services/posts/post-writer.ts'
import { editedPost, requireEditor } from './permissions.ts'

const ids = z
  .union([z.string().transform((one) => [one]), z.array(z.string())])
  .pipe(z.array(z.uuid()).min(1).max(bulkLimit))

const sentSchema = z.object({
  id: ids,
  action: z.enum([
    'publish',
    'unpublish',
    'feature',
    'unfeature',
    'public',
    'members',
    'paid',
    'add-tag',
    'remove-tag',
    'trash',
    'put-back',
    'delete',
  ]),
  tag: z.string().trim().max(191).default(''),
})

/** What is done with several posts of the list at once, and the trash. */
export async function bulkRoutes(
  app: FastifyInstance,
  { writer }: { readonly writer: PostWriter },
): Promise<void> {
  app.post('/admin/posts/bulk', async (request, reply) => {
    const user = requirePermission(request, 'posts.edit')
    const sent = sentSchema.safeParse(request.body)
    if (!sent.success) {
      throw new InvalidInputError('Choose some posts, 200 at most, and what is to happen to them.')
    }
    const { id, action, tag } = sent.data
    if (action === 'trash') return throwAway(reply, id)
    if (action === 'put-back') return putBack(reply, id)
    if (action === 'delete') {
      const { length } = await writer.deleteForGood(id)
      addNotice(reply, { tone: 'success', text: `${count(length)} deleted for good.` })
      return reply.redirect('/admin/posts/?status=trashed', 303)
    }
    tell(reply, await writer.bulk(id, toAction(action, tag), user))
    return reply.redirect('/admin/posts/', 303)
  })

  app.post('/admin/posts/:id/delete', async (request, reply) => {
    requireEditor(request)
    return throwAway(reply, [editedPost(request)])
  })

  async function throwAway(reply: FastifyReply, chosen: readonly string[]) {
    const changes = await writer.trash(chosen)
    const trashed = changes.map(({ id }) => id).join(',')
    return reply.redirect(`/admin/posts/?${new URLSearchParams({ trashed })}`, 303)
  }

  async function putBack(reply: FastifyReply, chosen: readonly string[]) {
    const { length } = await writer.putBack(chosen)
    addNotice(reply, { tone: 'success', text: `${count(length)} put back.` })
    return reply.redirect('/admin/posts/', 303)
  }
}

function toAction(action: string, tag: string): BulkAction {
  switch (action) {
    case 'publish':
    case 'unpublish':
    case 'feature':
    case 'unfeature':
      return { kind: action }
    case 'public':
    case 'members':
    case 'paid':
      return { kind: 'visibility', visibility: action }
    default:
      if (tag === '') throw new InvalidInputError('Name the tag.')
      return action === 'add-tag' ? { kind: 'add-tag', tag } : { kind: 'remove-tag', tag }
  }
}

function tell(reply: FastifyReply, { changes, refused }: BulkOutcome): void {
  const [first] = refused
  addNotice(
    reply,
    first
      ? {
          tone: 'warning',
          text: `${count(changes.length)} changed. “${first.title.slice(0, 60)}” stayed as it was: ${first.reason}`.slice(
            0,
            300,
          ),
        }
      : { tone: 'success', text: `${count(changes.length)} changed.` },
  )
}

function count(number: number): string {
  return number === 1 ? '1 post' : `${number} posts`
}
