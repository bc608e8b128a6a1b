import { InvalidInputError, NotFoundError } from '@rose-ash/shared/contracts/errors'
import { requirePermission } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  describeObjects,
  type ObjectDescription,
} from '../../../services/graph/describe-objects.ts'
import type { Graph, GraphAccess } from '../../../services/graph/open-graph.ts'
import { relate, type RelateResult, unrelate } from '../../../services/graph/relate.ts'
import { objectUrl } from '../addresses.ts'
import { describeObject, type ShownObject } from './describe-object.ts'
import { sectionOf, whyNotOffered } from './describe-relations.ts'

interface Options {
  readonly page: PageRenderer
  readonly graph: GraphAccess
}

const params = z.object({ name: z.string().max(2000) })
const pageNumber = z.coerce.number().int().min(1).max(100_000).catch(1)
const asked = z.object({
  kind: z.string().max(100).optional().catch(undefined),
  q: z.string().max(200).catch(''),
  page: pageNumber,
})
const posted = z.object({
  kind: z.string().min(1).max(100),
  target: z.string().min(1).max(2000),
  q: z.string().max(200).catch(''),
})

/** What an object of the graph is and is related to, and the picker that relates it. For editors. */
export async function objectRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { page } = options

  app.get('/admin/objects/:name/', async (request, reply) => {
    requirePermission(request, 'graph.edit')
    const graph = await options.graph.open()
    const object = await findObject(graph, request)
    const { kind, q: query, page: number } = asked.parse(request.query)
    const picker = kind === undefined ? undefined : { kind, query, pageNumber: number }
    return send(request, reply, { graph, object, shown: { picker, error: null } })
  })

  app.post('/admin/objects/:name/relate', (request, reply) => change(request, reply, relate))
  app.post('/admin/objects/:name/unrelate', (request, reply) => change(request, reply, unrelate))

  async function change(
    request: FastifyRequest,
    reply: FastifyReply,
    write: typeof relate | typeof unrelate,
  ): Promise<FastifyReply> {
    requirePermission(request, 'graph.edit')
    const parsed = posted.safeParse(request.body ?? {})
    if (!parsed.success) throw new InvalidInputError('Please choose what to relate it to.')
    const { kind, target, q: query } = parsed.data
    const graph = await options.graph.open()
    const notOffered = whyNotOffered(graph, kind)
    if (notOffered !== undefined) throw new InvalidInputError(notOffered)
    const object = await findObject(graph, request)
    const result: RelateResult = await write(graph, { source: object.name, kind, target })
    if (result.status === 'done') {
      const back = write === relate ? `?${new URLSearchParams({ kind, q: query })}` : ''
      return reply.redirect(`${objectUrl(object.name)}${back}#${sectionOf(kind)}`, 303)
    }
    const picker = { kind, query, pageNumber: 1 }
    return send(request, reply, { graph, object, shown: { picker, error: result.reason } })
  }

  interface Sent {
    readonly graph: Graph
    readonly object: ObjectDescription
    readonly shown: ShownObject
  }

  async function send(request: FastifyRequest, reply: FastifyReply, sent: Sent) {
    const { graph, object, shown } = sent
    return page(request, reply, {
      template: 'pages/admin/object',
      title: object.title,
      isPrivate: true,
      status: shown.error === null ? 200 : 422,
      data: await describeObject(graph, object, shown),
    })
  }
}

async function findObject(graph: Graph, request: FastifyRequest): Promise<ObjectDescription> {
  const { name } = params.parse(request.params)
  const found = (await describeObjects(graph.database, [name])).get(name)
  if (!found || found.kind === 'elsewhere') throw new NotFoundError('There is no such object.')
  return found
}
