import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import { addNotice } from '@rose-ash/shared/infrastructure/sessions/notices'
import { requirePermission } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Graph, GraphAccess } from '../../../services/graph/open-graph.ts'
import { listMetamodel, type Metamodel } from '../../../services/metamodel/list-metamodel.ts'
import type { DeleteResult, Problem, SaveResult } from '../../../services/metamodel/problem.ts'
import { overviewUrl } from '../addresses.ts'

interface Draft {
  readonly isNew: boolean
  readonly slug: string
  readonly title: string
}

interface Known {
  readonly slug: string
  readonly title: string
}

export interface ShownPart<OwnDraft, OwnKnown> {
  readonly draft: OwnDraft
  readonly known: OwnKnown | undefined
  readonly problems: readonly Problem[]
}

/** Types, or relations: what the two have of their own. */
export interface Part<OwnDraft extends Draft, OwnKnown extends Known> {
  /** “type”, in sentences. */
  readonly word: string
  readonly template: string
  readonly baseUrl: string
  urlOf(slug: string): string
  readonly blank: OwnDraft
  draftOf(known: OwnKnown): OwnDraft
  /** What a form sent; of a new one where there is no slug yet. */
  read(form: unknown, slug: string | undefined): OwnDraft
  of(metamodel: Metamodel): readonly OwnKnown[]
  save(graph: Graph, draft: OwnDraft): Promise<SaveResult>
  remove(graph: Graph, slug: string): Promise<DeleteResult>
  describe(metamodel: Metamodel, shown: ShownPart<OwnDraft, OwnKnown>): object
}

interface Options<OwnDraft extends Draft, OwnKnown extends Known> {
  readonly page: PageRenderer
  readonly graph: GraphAccess
  readonly part: Part<OwnDraft, OwnKnown>
}

const params = z.object({ slug: z.string().max(200) })

/** Forms to make, change and delete one of them. */
export async function partRoutes<OwnDraft extends Draft, OwnKnown extends Known>(
  app: FastifyInstance,
  { page, graph, part }: Options<OwnDraft, OwnKnown>,
): Promise<void> {
  const { word, baseUrl } = part

  app.get(`${baseUrl}new`, async (request, reply) => {
    requirePermission(request, 'graph.edit')
    return send(request, reply, { draft: part.blank, problems: [] })
  })

  app.get(`${baseUrl}:slug/`, async (request, reply) => {
    requirePermission(request, 'graph.edit')
    return send(request, reply, { draft: part.draftOf(await find(request)), problems: [] })
  })

  app.post(baseUrl, (request, reply) => save(request, reply, undefined))
  app.post(`${baseUrl}:slug/`, (request, reply) => save(request, reply, slugOf(request)))

  app.post(`${baseUrl}:slug/delete`, async (request, reply) => {
    requirePermission(request, 'graph.edit')
    const known = await find(request)
    const result = await part.remove(await graph.open(), known.slug)
    if (result.status === 'missing') throw notFound()
    if (result.status === 'refused')
      return send(request, reply, { draft: part.draftOf(known), problems: result.problems })
    addNotice(reply, { tone: 'success', text: `The ${word} “${result.title}” is deleted.` })
    return reply.redirect(overviewUrl, 303)
  })

  async function save(request: FastifyRequest, reply: FastifyReply, slug: string | undefined) {
    requirePermission(request, 'graph.edit')
    const draft = part.read(request.body, slug)
    const result = await part.save(await graph.open(), draft)
    if (result.status === 'missing') throw notFound()
    if (result.status === 'refused')
      return send(request, reply, { draft, problems: result.problems })
    addNotice(reply, { tone: 'success', text: `“${draft.title}” is saved.` })
    return reply.redirect(part.urlOf(result.slug), 303)
  }

  async function send(
    request: FastifyRequest,
    reply: FastifyReply,
    { draft, problems }: Omit<ShownPart<OwnDraft, OwnKnown>, 'known'>,
  ) {
    const metamodel = await listMetamodel(await graph.open())
    const known = draft.isNew
      ? undefined
      : part.of(metamodel).find(({ slug }) => slug === draft.slug)
    return page(request, reply, {
      template: part.template,
      title: known?.title ?? `New ${word}`,
      isPrivate: true,
      status: problems.length > 0 ? 422 : 200,
      data: part.describe(metamodel, { draft, known, problems }),
    })
  }

  async function find(request: FastifyRequest): Promise<OwnKnown> {
    const slug = slugOf(request)
    const found = part.of(await listMetamodel(await graph.open())).find((it) => it.slug === slug)
    if (!found) throw notFound()
    return found
  }

  function slugOf(request: FastifyRequest): string {
    const parsed = params.safeParse(request.params)
    if (!parsed.success) throw notFound()
    return parsed.data.slug
  }

  function notFound(): NotFoundError {
    return new NotFoundError(`There is no such ${word}.`)
  }
}
