import { InvalidInputError } from '@rose-ash/shared/contracts/errors'
import { requirePermission } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import { createFormats } from '@rose-ash/shared/infrastructure/view/format'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { blockSearchKinds, searchBlocks } from '../../../services/editing/search-blocks.ts'
import type { GraphAccess } from '../../../services/graph/open-graph.ts'

const query = z.object({
  kind: z.enum(blockSearchKinds, `The kind is one of ${blockSearchKinds.join(', ')}.`),
  q: z.string().trim().max(200).catch(''),
})

/** Products, events and lists that can stand in a text. */
export async function blockRoutes(
  app: FastifyInstance,
  { graph }: { graph: GraphAccess },
): Promise<void> {
  const { publicUrls, platform } = app.config
  const { market, events } = app.services
  const formats = createFormats(platform)
  const showDay = (day: Date, timeZone: string) => formats.date(day, 'day', timeZone)

  app.get('/admin/blocks/', async (request) => {
    requirePermission(request, 'posts.edit')
    const parsed = query.safeParse(request.query)
    if (!parsed.success) throw new InvalidInputError(parsed.error.issues[0]?.message ?? '')
    const sources = { market, events, graph, publicUrls, showDay }
    return { blocks: await searchBlocks(sources, parsed.data.kind, parsed.data.q) }
  })
}
