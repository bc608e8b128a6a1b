import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import { requirePermission } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { Render } from '@rose-ash/shared/infrastructure/view/templates'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { findCandidates } from '../../services/graph/candidates.ts'
import { describeObjects } from '../../services/graph/describe-objects.ts'
import { findObjectBySlug } from '../../services/graph/find-by-slug.ts'
import type { Graph, GraphAccess } from '../../services/graph/open-graph.ts'
import { relate, unrelate } from '../../services/graph/relate.ts'
import { objectUrl } from '../admin/addresses.ts'
import { describeRelation, structural } from '../admin/objects/describe-relation.ts'
import { showObject } from '../admin/objects/show-object.ts'
import { sendPart } from '../comments/parts.ts'

interface Options {
  readonly graph: GraphAccess
  readonly render: Render
}

interface SlugParams {
  readonly Params: { readonly slug: string }
}

const kind = z.string().min(1).max(100).catch('related')
const query = z.string().max(200)
const asked = z.object({
  kind,
  q: query.catch(''),
  offset: z.coerce.number().int().min(0).max(1_000_000).catch(0),
})
const posted = z.object({
  kind,
  target: z.string().max(2000).catch(''),
  /** Leaves the picker open, at this search. */
  q: query.optional().catch(undefined),
})
const pageSize = 12

/**
 * Relating from anywhere: each answer is a part of a page, the relation as it is now. What may not be related is left
 * as it was without a word; who wants the reason uses the admin's page of the object. For editors.
 */
export async function relateRoutes(
  app: FastifyInstance,
  { graph: access, render }: Options,
): Promise<void> {
  /** One page of what may be chosen. */
  app.get<SlugParams>('/:slug/relate-options', async (request, reply) => {
    const { graph, name } = await open(request)
    const { kind: wanted, q, offset } = asked.parse(request.query)
    if (!isOffered(graph, wanted)) return sendPart(reply, '')
    const question = { source: name, kind: wanted, query: q, offset, limit: pageSize }
    const { candidates, hasMore } = await findCandidates(graph, question)
    const more = { kind: wanted, q, offset: String(offset + pageSize) }
    return sendPart(
      reply,
      render('partials/relate-options', {
        candidates: candidates.map((candidate) => showObject(candidate, candidate.name)),
        nextUrl: hasMore
          ? `/${request.params.slug}/relate-options?${new URLSearchParams(more)}`
          : null,
      }),
    )
  })

  app.post<SlugParams>('/:slug/relate', (request, reply) => change(request, reply, relate))
  app.post<SlugParams>('/:slug/unrelate', (request, reply) => change(request, reply, unrelate))

  async function change(
    request: FastifyRequest<SlugParams>,
    reply: FastifyReply,
    write: typeof relate | typeof unrelate,
  ): Promise<FastifyReply> {
    const { graph, name } = await open(request)
    const { kind: wanted, target, q } = posted.parse(request.body ?? {})
    if (!isOffered(graph, wanted)) return sendPart(reply, '')
    await write(graph, { source: name, kind: wanted, target })
    const targets = await graph.edges.targets(name, wanted)
    const relation = await describeRelation(graph, {
      name,
      kind: wanted,
      targets,
      described: await describeObjects(graph.database, targets),
      picker: q === undefined ? undefined : { kind: wanted, query: q, pageNumber: 1 },
      error: null,
    })
    return sendPart(
      reply,
      render('partials/relation-editor', { ...relation, address: objectUrl(name) }),
    )
  }

  async function open(
    request: FastifyRequest<SlugParams>,
  ): Promise<{ readonly graph: Graph; readonly name: string }> {
    requirePermission(request, 'graph.edit')
    // First, since the first types are posts that it puts there.
    const graph = await access.open()
    const object = await findObjectBySlug(graph.database, request.params.slug)
    if (!object) throw new NotFoundError('There is nothing at this address to relate.')
    return { graph, name: object.name }
  }
}

/** Types are put together in the metamodel editor, which knows what would follow. */
function isOffered({ catalog }: Graph, wanted: string): boolean {
  return !structural.includes(wanted) && catalog.findRelation(wanted) !== undefined
}
