import { requirePermission } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Database } from '../../../models/index.ts'
import { searchLinks } from '../../../services/editing/search-links.ts'

const query = z.object({ q: z.string().max(200).catch('') })

/** What a link in a text may lead to on this site. */
export async function linkRoutes(
  app: FastifyInstance,
  { database }: { database: Database },
): Promise<void> {
  app.get('/admin/links/', async (request) => {
    requirePermission(request, 'posts.edit')
    const { q } = query.parse(request.query)
    return { groups: await searchLinks(database, q) }
  })
}
