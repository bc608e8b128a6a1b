import { ForbiddenError } from '@rose-ash/shared/contracts/errors'
import { may, type Permission } from '@rose-ash/shared/contracts/permissions'
import { requireUser } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { FastifyInstance } from 'fastify'

/** The first page of the admin for whoever may do this. */
const homes: readonly (readonly [Permission, string])[] = [
  ['posts.edit', '/admin/posts/'],
  ['comments.moderate', '/admin/comments/'],
  ['federation.moderate', '/admin/fediverse/'],
]

/** `/admin/` leads people to what they look after. */
export async function adminHomeRoute(app: FastifyInstance): Promise<void> {
  app.get('/admin/', async (request, reply) => {
    const { roles } = requireUser(request)
    const home = homes.find(([permission]) => may(roles, permission))
    if (!home) throw new ForbiddenError('This is for people who look after the blog.')
    return reply.redirect(home[1], 303)
  })
}
