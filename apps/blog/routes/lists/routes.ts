import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import type { FragmentRequest } from '@rose-ash/shared/infrastructure/fragments/client'
import type { Page } from '@rose-ash/shared/infrastructure/view/page'
import type { PageCache } from '@rose-ash/shared/infrastructure/view/page-cache'
import { and, eq } from 'drizzle-orm'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { authors, type Database, tags } from '../../models/index.ts'
import { pageTags } from '../../services/posts/page-tags.ts'
import { nameOfAuthor, nameOfTag } from '../../services/reading/head-of-name.ts'
import { feedLinks, type Site } from '../../services/reading/head-of-post.ts'
import { type ListedTag, readPublicTags } from '../../services/tags/list-tags.ts'
import { pathOf } from '../../services/tags/name-tables.ts'
import { followMove } from '../moved/routes.ts'
import { listPage, type ShownList } from './list-page.ts'
import { neighbourLinks, pageUrl, paginate } from './pagination.ts'
import { createPostLists, type PostList } from './queries.ts'

interface Options {
  readonly database: Database
  readonly pageCache: PageCache
  readonly site: Site
}

const pageNumberSchema = z
  .string()
  .regex(/^[1-9]\d{0,5}$/)
  .transform(Number)
const numbered = z.object({ pageNumber: pageNumberSchema.prefault('1') })
const sluggedAndNumbered = numbered.extend({ slug: z.string().min(1).max(191) })

/** Home, tags and authors: lists of posts, each with `/page/<n>/` after it. */
export async function listRoutes(
  app: FastifyInstance,
  { database, pageCache, site }: Options,
): Promise<void> {
  const lists = createPostLists(database)
  for (const path of ['/', '/page/:pageNumber/']) {
    app.get(path, async (request, reply) => {
      const { pageNumber } = parse(numbered, request)
      const load = async () => ({ page: await homePage(pageNumber), tags: shownIn(pageTags.lists) })
      await pageCache(request, reply, { key: ['home', String(pageNumber)], load })
      return reply
    })
  }

  async function homePage(pageNumber: number): Promise<Page> {
    const list = await lists.all(pageNumber)
    const pagination = paginate('/', { pageNumber, postCount: list.postCount })
    const { platform } = app.config
    return {
      template: 'pages/home',
      title: pageNumber === 1 ? platform.name : `Stories, page ${pageNumber}`,
      canonicalPath: pageUrl('/', pageNumber),
      head: {
        links: [...feedLinks(site, ''), ...neighbourLinks(pagination)],
        structured: structuredSite(site),
      },
      data: { ...withLead(list, pageNumber), pagination },
      fragments: eventCards(list),
    }
  }

  for (const path of ['/tag/:slug/', '/tag/:slug/page/:pageNumber/']) {
    app.get(path, async (request, reply) => {
      const { slug, pageNumber } = parse(sluggedAndNumbered, request)
      const load = () => loadTag(slug, pageNumber)
      const key = ['tag', slug, String(pageNumber)] as const
      if (await pageCache(request, reply, { key, load })) return reply
      return followMove(request, reply, { database, otherwise: 'There is no such tag here.' })
    })
  }

  async function loadTag(slug: string, pageNumber: number) {
    const [tag] = await database
      .select()
      .from(tags)
      .where(and(eq(tags.slug, slug), eq(tags.visibility, 'public')))
    if (!tag) return undefined
    const shown: ShownList = {
      ...nameOfTag(tag),
      list: await lists.withTag(tag.id, pageNumber),
      pageNumber,
    }
    return { page: listPage(shown, site), tags: shownIn(pageTags.tag(slug)) }
  }

  for (const path of ['/author/:slug/', '/author/:slug/page/:pageNumber/']) {
    app.get(path, async (request, reply) => {
      const { slug, pageNumber } = parse(sluggedAndNumbered, request)
      const load = () => loadAuthor(slug, pageNumber)
      const key = ['author', slug, String(pageNumber)] as const
      if (await pageCache(request, reply, { key, load })) return reply
      return followMove(request, reply, { database, otherwise: 'There is no such author here.' })
    })
  }

  async function loadAuthor(slug: string, pageNumber: number) {
    const [author] = await database.select().from(authors).where(eq(authors.slug, slug))
    if (!author) return undefined
    const shown: ShownList = {
      ...nameOfAuthor(author),
      list: await lists.byAuthor(author.id, pageNumber),
      pageNumber,
    }
    return { page: listPage(shown, site), tags: shownIn(pageTags.author(slug)) }
  }

  app.get('/tags/', async (request, reply) => {
    const load = async () => ({ page: await tagsPage(), tags: shownIn(pageTags.lists) })
    await pageCache(request, reply, { key: ['tags'], load })
    return reply
  })

  async function tagsPage(): Promise<Page> {
    const { groups, others } = await readPublicTags(database)
    const shown = (list: readonly ListedTag[]) =>
      list.map((tag) => ({ ...tag, url: pathOf('tag', tag.slug) }))
    return {
      template: 'pages/tags',
      title: 'Tags',
      canonicalPath: '/tags/',
      data: {
        groups: groups.flatMap((group) =>
          group.tags.length > 0 ? [{ ...group, tags: shown(group.tags) }] : [],
        ),
        tags: shown(others),
      },
    }
  }
}

function structuredSite({ url, name }: Site): object {
  return {
    '@context': 'https://schema.org',
    '@type': 'WebSite',
    name,
    url: `${url}/`,
    potentialAction: {
      '@type': 'SearchAction',
      target: `${url}/search/?q={search_term_string}`,
      'query-input': 'required name=search_term_string',
    },
  }
}

/** A list is made anew when it changes, and with everything else. */
function shownIn(tag: string): readonly string[] {
  return [pageTags.all, tag]
}

/** A wrong number in the address is an address that does not exist. */
function parse<Output>(schema: z.ZodType<Output>, request: FastifyRequest): Output {
  const parsed = schema.safeParse(request.params)
  if (!parsed.success) throw new NotFoundError('There is no such page here.')
  return parsed.data
}

/** The newest post leads the first page. */
function withLead({ cards }: PostList, pageNumber: number) {
  return {
    posts: cards.map((card, index) => ({ ...card, isLead: pageNumber === 1 && index === 0 })),
  }
}

/** What is coming up around these posts. */
function eventCards({ cards }: PostList): Record<string, FragmentRequest> {
  if (cards.length === 0) return {}
  const parameters = { postIds: cards.map(({ id }) => id).join() }
  return { events: { provider: 'events', type: 'container-cards', parameters } }
}
