import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import { addNotice } from '@rose-ash/shared/infrastructure/sessions/notices'
import { requirePermission } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Database } from '../../../models/index.ts'
import { GhostSiteError } from '../../../services/ghost-sync/ghost-site-error.ts'
import type { SiteAccess } from '../../../services/ghost-sync/open-site.ts'
import {
  addSource,
  changeSource,
  findGhostSource,
  type GhostSource,
  listSources,
  removeSource,
} from '../../../services/ghost-sync/sources.ts'
import type { GhostSyncQueue } from '../../../services/ghost-sync/sync-queue.ts'
import { eventsToChoose } from '../../../services/ghost-sync/webhook-events.ts'
import { findWebhookSecret } from '../../../services/ghost-sync/webhook-secret.ts'
import { describeSource, listUrl, sourceUrl } from './describe-source.ts'
import { findPostIds, listWarnedPosts } from './queries.ts'

interface Options {
  readonly database: Database
  readonly page: PageRenderer
  readonly access: SiteAccess
  readonly syncs: GhostSyncQueue
}

const line = z.string().trim().max(500).catch('')
const form = z.object({ address: line, key: line })
const params = z.object({ id: z.uuid() })
const pageQuery = z.object({ page: z.coerce.number().int().min(1).max(10_000).catch(1) })
const postsOnPage = 50

/** Ghost sites that the blog follows: adding one, how it stands with each, and what to look at. */
export async function ghostAdminRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { database, page, access, syncs } = options
  app.addHook('onClose', async () => syncs.interrupt())

  app.get(listUrl, async (request, reply) => {
    requirePermission(request, 'posts.import')
    return sendList(request, reply, { address: '', error: null })
  })

  app.post(listUrl, async (request, reply) => {
    requirePermission(request, 'posts.import')
    const { address, key } = form.parse(request.body ?? {})
    try {
      const kind = key.includes(':') ? 'admin' : 'content'
      const { id } = await addSource(
        database,
        { address, key, kind },
        { ...access, pauseSeconds: 0.5 },
      )
      await syncs.syncNow(id)
      addNotice(reply, { tone: 'success', text: 'The site answers, and is being read.' })
      return reply.redirect(sourceUrl(id), 303)
    } catch (error) {
      if (!(error instanceof GhostSiteError)) throw error
      return sendList(request, reply, { address, error: error.message })
    }
  })

  app.get(`${listUrl}:id/`, async (request, reply) => sendOne(request, reply))

  app.post(`${listUrl}:id/sync`, async (request, reply) => {
    const source = await readSource(request)
    const isNew = source.isActive && (await syncs.syncNow(source.id))
    const text = isNew ? 'The site is being read.' : 'It is paused, or being read already.'
    addNotice(reply, { tone: isNew ? 'success' : 'warning', text })
    return reply.redirect(sourceUrl(source.id), 303)
  })

  app.post(`${listUrl}:id/pause`, async (request, reply) => {
    const { id, isActive } = await readSource(request)
    await changeSource(database, id, { isActive: !isActive })
    const text = isActive ? 'Paused: nothing of it is read.' : 'It is followed again.'
    addNotice(reply, { tone: 'success', text })
    return reply.redirect(sourceUrl(id), 303)
  })

  app.post(`${listUrl}:id/signature`, async (request, reply) => {
    const { id, takesLegacySignature } = await readSource(request)
    await changeSource(database, id, { takesLegacySignature: !takesLegacySignature })
    addNotice(reply, { tone: 'success', text: 'Changed.' })
    return reply.redirect(sourceUrl(id), 303)
  })

  app.get(`${listUrl}:id/remove`, async (request, reply) => {
    const { id, name } = await readSource(request)
    return page(request, reply, {
      template: 'pages/admin/ghost-remove',
      title: 'Remove a Ghost site',
      isPrivate: true,
      data: {
        name: name.replace(/^ghost:/, ''),
        url: sourceUrl(id),
        action: `${sourceUrl(id)}remove`,
      },
    })
  })

  app.post(`${listUrl}:id/remove`, async (request, reply) => {
    const { id } = await readSource(request)
    await removeSource(database, id)
    const text = 'The site is not followed any more. What came from it is still here.'
    addNotice(reply, { tone: 'success', text })
    return reply.redirect(listUrl, 303)
  })

  async function readSource(request: FastifyRequest): Promise<GhostSource> {
    requirePermission(request, 'posts.import')
    const parsed = params.safeParse(request.params)
    const found = parsed.success ? await findGhostSource(database, parsed.data.id) : undefined
    if (!found) throw new NotFoundError('There is no such Ghost site here.')
    return found
  }

  async function sendList(
    request: FastifyRequest,
    reply: FastifyReply,
    { address, error }: { readonly address: string; readonly error: string | null },
  ) {
    const sources = await listSources(database)
    return page(request, reply, {
      template: 'pages/admin/ghost',
      title: 'Ghost sites',
      isPrivate: true,
      status: error ? 422 : 200,
      data: { sources: sources.map(describeSource), address, error },
    })
  }

  async function sendOne(request: FastifyRequest, reply: FastifyReply) {
    const source = await readSource(request)
    const { page: number } = pageQuery.parse(request.query)
    const offset = (number - 1) * postsOnPage
    const range = { offset, limit: postsOnPage }
    const warned = await listWarnedPosts(database, source.name, range)
    const ids = source.differences.map(({ sourceId }) => sourceId)
    const ours = await findPostIds(database, source.name, ids)
    const url = sourceUrl(source.id)
    return page(request, reply, {
      template: 'pages/admin/ghost-source',
      title: 'Ghost site',
      isPrivate: true,
      data: {
        ...describeSource(source),
        webhookUrl: `${app.config.publicUrls.blog}/ghost/webhooks/${source.id}`,
        webhookSecret: findWebhookSecret(access.secrets, source) ?? null,
        events: eventsToChoose,
        differences: source.differences.map(({ sourceId, what }) => ({
          what,
          url: postUrl(ours.get(sourceId)),
        })),
        posts: warned.posts.map(({ id, ...post }) => ({ ...post, url: postUrl(id) })),
        warnedCount: warned.total,
        newerUrl: number > 1 ? `${url}?page=${number - 1}` : null,
        olderUrl: offset + warned.posts.length < warned.total ? `${url}?page=${number + 1}` : null,
      },
    })
  }
}

function postUrl(id: string | undefined): string | null {
  return id === undefined ? null : `/admin/posts/${id}/`
}
