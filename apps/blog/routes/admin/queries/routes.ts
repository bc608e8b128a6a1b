import { ConflictError, NotFoundError } from '@rose-ash/shared/contracts/errors'
import { addNotice } from '@rose-ash/shared/infrastructure/sessions/notices'
import { requirePermission } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { GraphAccess } from '../../../services/graph/open-graph.ts'
import { readQuery } from '../../../services/queries/read-query.ts'
import {
  createQuery,
  deleteQuery,
  findDeletedQuery,
  findQuery,
  restoreQuery,
  updateQuery,
} from '../../../services/queries/saved-query.ts'
import { siteRelations } from '../../../services/queries/site-relations.ts'
import { describeLists } from './describe-lists.ts'
import { describeStarts, startValues } from './list-starts.ts'
import { type QueryForm, readQueryForm, valuesOf } from './query-form.ts'
import { type Trial, tryQuery } from './try-query.ts'

interface Options {
  readonly page: PageRenderer
  readonly graph: GraphAccess
}

interface ListRequest {
  Params: { slug: string }
}

const missing = 'There is no such list.'
const text = z.string().max(200).optional().catch(undefined)
const asked = z.object({ deleted: text, of: text })

/** Lists that people write themselves, in Datalog over the site's relations. For editors. */
export async function queryAdminRoutes(
  app: FastifyInstance,
  { page, graph }: Options,
): Promise<void> {
  app.get('/admin/queries/', async (request, reply) => {
    requirePermission(request, 'graph.edit')
    const opened = await graph.open()
    const { deleted: slug } = asked.parse(request.query)
    const deleted = slug ? await findDeletedQuery(opened.store, slug) : undefined
    return page(request, reply, {
      template: 'pages/admin/queries',
      title: 'Lists',
      isPrivate: true,
      data: { lists: await describeLists(opened), deleted: deleted ?? null },
    })
  })

  app.get('/admin/queries/new', async (request, reply) => {
    requirePermission(request, 'graph.edit')
    const { of } = asked.parse(request.query)
    const values = await startValues(await graph.open(), of)
    return sendForm(request, reply, { values, errors: {} })
  })

  app.post('/admin/queries/new', async (request, reply) => {
    requirePermission(request, 'graph.edit')
    return takeForm(request, reply, undefined)
  })

  app.get<ListRequest>('/admin/queries/:slug', async (request, reply) => {
    requirePermission(request, 'graph.edit')
    const { slug } = request.params
    const opened = await graph.open()
    const query = await findQuery(opened.store, slug)
    if (!query) throw new NotFoundError(missing)
    const trial = await tryQuery(opened, query)
    return sendForm(request, reply, { values: valuesOf(query), errors: {}, keptSlug: slug, trial })
  })

  app.post<ListRequest>('/admin/queries/:slug', async (request, reply) => {
    requirePermission(request, 'graph.edit')
    const { slug } = request.params
    if (!(await findQuery((await graph.open()).store, slug))) throw new NotFoundError(missing)
    return takeForm(request, reply, slug)
  })

  app.post<ListRequest>('/admin/queries/:slug/delete', async (request, reply) => {
    requirePermission(request, 'graph.edit')
    const { slug } = request.params
    const deleted = await deleteQuery((await graph.open()).store, slug)
    if (!deleted) throw new NotFoundError(missing)
    return reply.redirect(`/admin/queries/?deleted=${slug}`, 303)
  })

  app.post<ListRequest>('/admin/queries/:slug/restore', async (request, reply) => {
    requirePermission(request, 'graph.edit')
    const restored = await restoreQuery((await graph.open()).store, request.params.slug)
    if (!restored) throw new ConflictError('There is nothing to bring back at this address.')
    addNotice(reply, { tone: 'success', text: `“${restored.title}” is back.` })
    return reply.redirect('/admin/queries/', 303)
  })

  async function takeForm(
    request: FastifyRequest,
    reply: FastifyReply,
    keptSlug: string | undefined,
  ): Promise<FastifyReply> {
    const { wish, why, values, errors, query } = readQueryForm(request.body, keptSlug)
    const shown = { values, errors, keptSlug }
    const opened = await graph.open()
    // To try a list takes no title yet.
    if (wish === 'try')
      return sendForm(request, reply, {
        ...shown,
        errors: {},
        trial: await tryQuery(opened, errors.limit ? { ...query, limit: 50 } : query, why),
      })
    if (readQuery(query.text).problems.length > 0)
      return sendForm(request, reply, { ...shown, trial: await tryQuery(opened, query) })
    if (Object.keys(errors).length > 0) return sendForm(request, reply, shown)
    const save = keptSlug === undefined ? createQuery : updateQuery
    if (!(await save(opened.store, query))) {
      const slug = 'Another list has this address already.'
      return sendForm(request, reply, { ...shown, errors: { slug } })
    }
    addNotice(reply, { tone: 'success', text: `“${query.title}” is saved.` })
    return reply.redirect('/admin/queries/', 303)
  }

  interface Shown extends Pick<QueryForm, 'values' | 'errors'> {
    readonly keptSlug?: string | undefined
    readonly trial?: Trial
  }

  async function sendForm(
    request: FastifyRequest,
    reply: FastifyReply,
    { values, errors, keptSlug, trial }: Shown,
  ): Promise<FastifyReply> {
    const isRead = request.method === 'GET'
    const hasProblems =
      !isRead && (Object.keys(errors).length > 0 || (trial?.problems.length ?? 0) > 0)
    const { title = null, slug = null, description = null, limit = null } = errors
    return page(request, reply, {
      template: 'pages/admin/query',
      title: keptSlug === undefined ? 'New list' : 'Edit list',
      isPrivate: true,
      status: hasProblems ? 422 : 200,
      data: {
        values,
        errors: { title, slug, description, limit },
        keptSlug: keptSlug ?? null,
        action: `/admin/queries/${keptSlug ?? 'new'}`,
        isNewest: values.order === 'newest',
        trial: trial ?? null,
        starts: keptSlug === undefined ? await describeStarts(await graph.open()) : [],
        relations: siteRelations.map(({ name, columns, meaning }) => ({
          signature: `${name}(${columns.join(', ')})`,
          meaning,
        })),
      },
    })
  }
}
