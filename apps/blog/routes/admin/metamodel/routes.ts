import { requirePermission } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance } from 'fastify'
import type { GraphAccess } from '../../../services/graph/open-graph.ts'
import { overviewUrl } from '../addresses.ts'
import { describeOverview } from './describe-overview.ts'
import { partRoutes } from './part-routes.ts'
import { relationPart } from './relation-part.ts'
import { typePart } from './type-part.ts'

interface Options {
  readonly page: PageRenderer
  readonly graph: GraphAccess
}

/** What types and relations there are, and forms to make, change and delete them. For editors. */
export async function metamodelRoutes(app: FastifyInstance, options: Options): Promise<void> {
  app.get(overviewUrl, async (request, reply) => {
    requirePermission(request, 'graph.edit')
    return options.page(request, reply, {
      template: 'pages/admin/metamodel',
      title: 'Types and relations',
      isPrivate: true,
      data: await describeOverview(await options.graph.open()),
    })
  })
  await partRoutes(app, { ...options, part: typePart })
  await partRoutes(app, { ...options, part: relationPart })
}
