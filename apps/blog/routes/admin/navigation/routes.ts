import type { BlogService } from '@rose-ash/shared/contracts/blog'
import type { Container } from '@rose-ash/shared/contracts/container'
import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import { may } from '@rose-ash/shared/contracts/permissions'
import type { Cache } from '@rose-ash/shared/infrastructure/cache/cache'
import { requirePermission } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import { and, eq, ne } from 'drizzle-orm'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Database, posts } from '../../../models/index.ts'
import { changeMenu, findRemoved } from '../../../services/navigation/change-menu.ts'
import { versionOf } from '../../../services/navigation/menu-tree.ts'
import { navigationTags } from '../../../services/navigation/rebuild-navigation.ts'
import { describeEntries, isFull, placesFor } from './describe-menu.ts'
import { describeTried } from './describe-tried.ts'
import { readChange } from './read-change.ts'
import { asked, type ChangeForm, changeForm, versioned } from './schemas.ts'

interface Options {
  readonly database: Database
  readonly page: PageRenderer
  readonly blog: BlogService
  readonly cache: Pick<Cache, 'invalidateTags'>
}

/** A menu and where it is edited. */
interface Home {
  readonly container: Container | null
  readonly title: string
  readonly url: string
  readonly pageUrl: string | null
}

interface Shown {
  readonly home: Home
  readonly problem?: string
  /** What could not be done because somebody else was first. */
  readonly lost?: ChangeForm
}

const siteHome: Home = {
  container: null,
  title: 'Menu of the site',
  url: '/admin/navigation/',
  pageUrl: null,
}
const paramsOfPage = z.object({ id: z.uuid() })
const sentFields = z.record(z.string(), z.unknown()).catch({})

/** Menus for editors: that of the site, and those that pages have of their own. */
export async function navigationRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { database, page, blog, cache } = options
  const { publicUrls } = app.config

  for (const path of ['/admin/navigation/', '/admin/navigation/page/:id/']) {
    app.get(path, async (request, reply) => send(request, reply, { home: await homeOf(request) }))
    app.post(`${path}change`, async (request, reply) =>
      change(request, reply, await homeOf(request)),
    )
  }

  /** Whoever may not edit it learns nothing about it. */
  async function homeOf(request: FastifyRequest): Promise<Home> {
    if (!request.routeOptions.url?.includes(':id')) {
      requirePermission(request, 'posts.edit')
      return siteHome
    }
    const { data } = paramsOfPage.safeParse(request.params)
    const container = data && ({ type: 'page', id: data.id } as const)
    requirePermission(request, 'posts.edit', container)
    const [row] = container
      ? await database
          .select({ title: posts.title, slug: posts.slug, status: posts.status })
          .from(posts)
          .where(
            and(eq(posts.id, container.id), eq(posts.type, 'page'), ne(posts.status, 'trashed')),
          )
      : []
    if (!row || !container) throw new NotFoundError('There is no such page.')
    return {
      container,
      title: `Menu of “${row.title}”`,
      url: `/admin/navigation/page/${container.id}/`,
      pageUrl: row.status === 'published' ? `/${row.slug}/` : null,
    }
  }

  async function change(request: FastifyRequest, reply: FastifyReply, home: Home) {
    const parsed = changeForm.safeParse(request.body ?? {})
    if (!parsed.success)
      return send(request, reply, { home, problem: parsed.error.issues[0]?.message ?? '' })
    const form = parsed.data
    const wanted = await readChange(form, { blog, publicUrls, mayUseDrafts: mayUseDrafts(request) })
    if ('problem' in wanted) return send(request, reply, { home, ...wanted })
    const { version } = versioned.parse(request.body)
    const result = await changeMenu(database, home.container, { version, change: wanted })
    if (result.status === 'conflict') return send(request, reply, { home, lost: form })
    if (result.status === 'refused') return send(request, reply, { home, problem: result.reason })
    await cache.invalidateTags(navigationTags)
    const more = form.action === 'remove' ? `?removed=${result.id}` : `#entry-${result.id}`
    return reply.redirect(home.url + more, 303)
  }

  async function send(
    request: FastifyRequest,
    reply: FastifyReply,
    { home, problem, lost }: Shown,
  ) {
    const { q, removed } = asked.parse(request.query)
    const menu = await blog.menuOf(home.container)
    const entries = describeEntries(menu)
    const sent = sentFields.parse(request.body)
    const removedLabel = removed && (await findRemoved(database, home.container, removed))
    return page(request, reply, {
      template: 'pages/admin/navigation',
      title: home.title,
      isPrivate: true,
      status: lost ? 409 : problem === undefined ? 200 : 422,
      data: {
        home,
        version: versionOf(menu),
        entries,
        isFull: isFull(entries),
        places: placesFor(entries),
        problem: problem ?? null,
        tried: lost ? describeTried(lost, sent, entries) : null,
        removed: removedLabel === undefined ? null : { id: removed, label: removedLabel },
        query: q,
        found: q.trim() === '' ? null : await find(request, q),
        typed: {
          label: problem !== undefined ? textOf(sent['label']) : '',
          address: problem !== undefined ? textOf(sent['address']) : '',
        },
      },
    })
  }

  async function find(request: FastifyRequest, words: string) {
    const withUnpublished = mayUseDrafts(request)
    const targets = await blog.findMenuTargets({ words, withUnpublished })
    return targets.map(({ kind, id, title, url, isPage, isPublic }) => ({
      value: `${kind}:${id}`,
      kind: isPage ? 'Page' : kindNames[kind],
      title,
      url,
      isPublic,
    }))
  }
}

const kindNames = {
  post: 'Post',
  tag: 'Tag',
  market: 'Market place',
  calendar: 'Calendar',
} as const

/** Somebody who looks after one page does not learn of the drafts of others. */
function mayUseDrafts({ user }: FastifyRequest): boolean {
  return may(user?.roles ?? [], 'posts.edit')
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
