import type { BlogService } from '@rose-ash/shared/contracts/blog'
import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'

const params = z.object({ kind: z.enum(['post', 'tag', 'market', 'calendar']), id: z.uuid() })

/** `/go/<kind>/<id>/`: addresses that stay when what they lead to moves. Menus keep them. */
export async function goRoutes(
  app: FastifyInstance,
  { blog }: { readonly blog: Pick<BlogService, 'findMenuTarget'> },
): Promise<void> {
  app.get('/go/:kind/:id/', { config: { handshake: 'never' } }, async (request, reply) => {
    const { data } = params.safeParse(request.params)
    const target = data && (await blog.findMenuTarget(data.kind, data.id))
    if (!target?.isPublic) throw new NotFoundError('What was here is gone.')
    return reply.redirect(encodeURI(decodeURI(target.url)), 302)
  })
}
