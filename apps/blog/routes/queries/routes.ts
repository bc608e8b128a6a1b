import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import { may } from '@rose-ash/shared/contracts/permissions'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { GraphAccess } from '../../services/graph/open-graph.ts'
import { describeList } from '../../services/queries/fill-lists.ts'
import { createListReader } from '../../services/queries/list-reader.ts'
import { LiveLists } from '../../services/queries/live-lists.ts'
import { eventStreamLimits, EventStreams, sendEvent } from './event-streams.ts'

interface Options {
  readonly page: PageRenderer
  readonly graph: GraphAccess
}

interface ListRequest {
  Params: { slug: string }
}

const missing = 'There is no list at this address.'

/** `/lists/<slug>/`: a list with a page of its own, and the events by which open pages follow it. */
export async function listPageRoutes(
  app: FastifyInstance,
  { page, graph }: Options,
): Promise<void> {
  const lists = createListReader(graph)
  const live = new LiveLists(graph, app.log)
  const streams = new EventStreams(eventStreamLimits, () => live.look())
  // Before the server waits for answers that are under way: these would never end.
  app.addHook('preClose', async () => {
    streams[Symbol.dispose]()
    live[Symbol.dispose]()
  })

  app.get<ListRequest>('/lists/:slug/', async (request, reply) => {
    const { slug } = request.params
    const list = await lists.find(slug, isStaff(request) ? 'staff' : 'everybody')
    if (!list) throw new NotFoundError(missing)
    const { query, problem } = list
    return page(request, reply, {
      template: 'pages/live-list',
      title: query.title,
      ...(query.description ? { description: query.description } : {}),
      canonicalPath: `/lists/${slug}/`,
      isPrivate: !query.isPublic || problem !== null,
      data: {
        description: query.description,
        isPublic: query.isPublic,
        editUrl: isStaff(request) ? `/admin/queries/${slug}` : null,
        list: describeList(list),
        title: query.title,
      },
    })
  })

  app.get<ListRequest>(
    '/lists/:slug/events',
    // An answer to HEAD would never end.
    { exposeHeadRoute: false },
    async (request, reply) => {
      const stream = streams.open(request.ip)
      // Who went while the list was read.
      reply.raw.once('close', () => stream.destroy())
      const { slug } = request.params
      const lastId = request.headers['last-event-id']
      const followed = { slug, lastId: typeof lastId === 'string' ? lastId : undefined }
      const stop = await live
        .follow(followed, (event) => {
          sendEvent(stream, event)
          if (event.kind === 'gone') stream.end()
        })
        .catch((error: unknown) => {
          stream.destroy()
          throw error
        })
      if (!stop) {
        stream.destroy()
        throw new NotFoundError(missing)
      }
      stream.once('close', stop)
      if (stream.destroyed) {
        stop()
        return reply.hijack()
      }
      return reply
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no')
        .type('text/event-stream; charset=utf-8')
        .send(stream)
    },
  )
}

function isStaff({ user }: FastifyRequest): boolean {
  return user !== undefined && may(user.roles, 'graph.edit')
}
