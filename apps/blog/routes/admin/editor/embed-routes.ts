import { InvalidInputError } from '@rose-ash/shared/contracts/errors'
import { OutgoingError } from '@rose-ash/shared/infrastructure/outgoing/guarded-fetch'
import { requirePermission } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { EmbedError, type Embeds } from '../../../services/editing/embeds.ts'

const query = z.object({
  url: z
    .string('The address is missing.')
    .trim()
    .max(2000, 'The address is too long.')
    .regex(/^(https?:\/\/[^/\s]|\/(?!\/))/i, 'That is no web address (https://…).'),
  type: z.enum(['bookmark', 'embed']).default('embed'),
})

/** What another page says of itself, for a card in a text. */
export async function embedRoutes(
  app: FastifyInstance,
  { embeds }: { embeds: Embeds },
): Promise<void> {
  app.get('/admin/embeds/', async (request) => {
    requirePermission(request, 'posts.edit')
    const parsed = query.safeParse(request.query)
    if (!parsed.success) throw new InvalidInputError(parsed.error.issues[0]?.message ?? '')
    const { url, type } = parsed.data
    try {
      return await (type === 'bookmark' ? embeds.bookmark(url) : embeds.embed(url))
    } catch (error) {
      if (error instanceof OutgoingError) throw new EmbedError(error.message, { cause: error })
      throw error
    }
  })
}
