import type { BlogService, PageFeature } from '@rose-ash/shared/contracts/blog'
import { ConflictError, InvalidInputError, NotFoundError } from '@rose-ash/shared/contracts/errors'
import type { Cache } from '@rose-ash/shared/infrastructure/cache/cache'
import { addNotice } from '@rose-ash/shared/infrastructure/sessions/notices'
import { requirePermission } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import { and, eq, ne } from 'drizzle-orm'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Database, posts } from '../../../models/index.ts'
import { navigationTags } from '../../../services/navigation/rebuild-navigation.ts'
import { readFooterForm, writeLinks } from './footer-form.ts'

interface Options {
  readonly page: PageRenderer
  readonly database: Database
  readonly cache: Pick<Cache, 'invalidateTags'>
  readonly blog: BlogService
}

const siteUrl = '/admin/site/'
const params = z.object({ id: z.uuid() })
const switched = z.object({
  feature: z.enum(['calendar', 'market']),
  state: z.enum(['on', 'off']),
})

const features: readonly {
  readonly feature: PageFeature
  readonly label: string
  readonly text: string
}[] = [
  { feature: 'calendar', label: 'Calendars', text: 'Events that people can come to and book.' },
  { feature: 'market', label: 'Market places', text: 'Shops with products to buy.' },
]

/** What is said once for the whole site, and what a page offers besides its text. */
export async function siteAdminRoutes(
  app: FastifyInstance,
  { page, database, cache, blog }: Options,
): Promise<void> {
  app.get(siteUrl, async (request, reply) => {
    requirePermission(request, 'posts.edit')
    const footer = await blog.footer()
    const values = { text: footer?.text ?? '', links: writeLinks(footer?.links ?? []) }
    return sendSite(request, reply, { values, problems: {} })
  })

  app.post(siteUrl, async (request, reply) => {
    requirePermission(request, 'posts.edit')
    const { values, problems, footer } = readFooterForm(request.body)
    if (!footer) return sendSite(request, reply, { values, problems })
    await blog.saveFooter(footer)
    addNotice(reply, { tone: 'success', text: 'The footer is saved.' })
    return reply.redirect(siteUrl, 303)
  })

  app.get('/admin/posts/:id/features', async (request, reply) => {
    return sendFeatures(request, reply, { id: await pageIdOf(request) })
  })

  app.post('/admin/posts/:id/features', async (request, reply) => {
    const id = await pageIdOf(request)
    const user = requirePermission(request, 'posts.edit', { type: 'page', id })
    const parsed = switched.safeParse(request.body ?? {})
    if (!parsed.success) throw new InvalidInputError('A page offers calendars and market places.')
    const { feature, state } = parsed.data
    try {
      await blog.switchFeature({ pageId: id, feature, isOn: state === 'on', userId: user.id })
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error
      return sendFeatures(request, reply, { id, problem: error.message })
    }
    await cache.invalidateTags(navigationTags)
    return reply.redirect(`/admin/posts/${id}/features`, 303)
  })

  /** Whoever may not edit the page learns nothing about it. */
  async function pageIdOf(request: FastifyRequest): Promise<string> {
    const { data } = params.safeParse(request.params)
    requirePermission(request, 'posts.edit', data && { type: 'page', id: data.id })
    if (!data) throw new NotFoundError('There is no such page.')
    return data.id
  }

  async function sendFeatures(
    request: FastifyRequest,
    reply: FastifyReply,
    { id, problem }: { readonly id: string; readonly problem?: string },
  ) {
    const [row] = await database
      .select({ title: posts.title })
      .from(posts)
      .where(and(eq(posts.id, id), eq(posts.type, 'page'), ne(posts.status, 'trashed')))
    if (!row) throw new NotFoundError('There is no such page.')
    const isOn = new Set(await blog.featuresOf(id))
    const hanging = await blog.hangingOn(id)
    return page(request, reply, {
      template: 'pages/admin/page-features',
      title: `What “${row.title}” offers`,
      isPrivate: true,
      status: problem === undefined ? 200 : 409,
      data: {
        id,
        title: row.title,
        problem: problem ?? null,
        features: features.map((one) => ({
          ...one,
          isOn: isOn.has(one.feature),
          hanging: hanging.filter(({ feature }) => feature === one.feature),
        })),
      },
    })
  }

  async function sendSite(
    request: FastifyRequest,
    reply: FastifyReply,
    { values, problems }: Pick<ReturnType<typeof readFooterForm>, 'values' | 'problems'>,
  ) {
    const { text = null, links = null } = problems
    return page(request, reply, {
      template: 'pages/admin/site',
      title: 'Site',
      isPrivate: true,
      status: text || links ? 422 : 200,
      data: { values, problems: { text, links } },
    })
  }
}
