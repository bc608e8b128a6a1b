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
import { objectUrl, relationsPartUrl } from '../admin/addresses.ts'
import {
  describeRelations,
  offeredKinds,
  type PickerQuestion,
  shownKinds,
  targetsByKind,
} from '../admin/objects/describe-relations.ts'
import { showObject } from '../admin/objects/show-object.ts'
import { isPartWanted, sendPart } from '../comments/parts.ts'

interface Options {
  readonly graph: GraphAccess
  readonly render: Render
}

interface SlugParams {
  readonly Params: { readonly slug: string }
}

const kind = z.string().min(1).max(100).catch('related')
const query = z.string().max(200)
const shown = z.object({
  kind: z.string().max(100).optional().catch(undefined),
  q: query.catch(''),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
})
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
interface Sent {
  readonly graph: Graph
  readonly name: string
  readonly kinds: readonly string[]
  readonly picker: PickerQuestion | undefined
  readonly error: string | null
}

const pageSize = 12

/**
 * Relating from anywhere: each answer is a part of a page, the relation as it is now. What may not be related is left
 * as it was; a page that wants a part is told why, and others are told nothing. For editors.
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

  /** All relations, or one with its picker open. */
  app.get<SlugParams>('/:slug/relations', async (request, reply) => {
    const { graph, name } = await open(request)
    const { kind: wanted, q, page } = shown.parse(request.query)
    if (!isPartWanted(request)) {
      const { search } = new URL(request.url, 'http://localhost')
      return reply.redirect(`${objectUrl(name)}${search}`, 303)
    }
    const kinds =
      wanted === undefined
        ? shownKinds(graph)
        : offeredKinds(graph).filter((each) => each === wanted)
    const picker = wanted === undefined ? undefined : { kind: wanted, query: q, pageNumber: page }
    return sendRelations(request, reply, { graph, name, kinds, picker, error: null })
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
    const result = await write(graph, { source: name, kind: wanted, target })
    const isTold = result.status === 'refused' && isPartWanted(request)
    return sendRelations(request, reply, {
      graph,
      name,
      kinds: [wanted],
      picker: q === undefined ? undefined : { kind: wanted, query: q, pageNumber: 1 },
      error: isTold ? result.reason : null,
    })
  }

  async function sendRelations(
    request: FastifyRequest<SlugParams>,
    reply: FastifyReply,
    { graph, name, kinds, picker, error }: Sent,
  ): Promise<FastifyReply> {
    const { slug } = request.params
    const outgoing = (await graph.edges.from(name)).filter(({ kind }) => kinds.includes(kind))
    const relations = await describeRelations(graph, kinds, {
      name,
      picker,
      error,
      targets: targetsByKind(outgoing),
      described: await describeObjects(
        graph.database,
        outgoing.map(({ target }) => target),
      ),
      addresses: { shown: relationsPartUrl(slug), changed: `/${encodeURIComponent(slug)}/` },
    })
    const sections = relations.map((relation) => render('partials/relation-editor', relation))
    return sendPart(reply, sections.join(''))
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
function isOffered(graph: Graph, wanted: string): boolean {
  return offeredKinds(graph).includes(wanted)
}
