import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import type { DocumentCache } from '@rose-ash/shared/infrastructure/view/kept-document'
import { and, eq } from 'drizzle-orm'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { authors, tags } from '../../models/index.ts'
import { createAbsoluteAddresses } from '../../services/content-api/absolute-addresses.ts'
import type { GraphAccess } from '../../services/graph/open-graph.ts'
import { pageTags } from '../../services/posts/page-tags.ts'
import { type FeedScope, readFeedItems } from '../../services/reading/feed-posts.ts'
import { changedAt, type Feed, type FeedFormat } from '../../services/reading/feed.ts'
import { writeAtom } from '../../services/reading/write-atom.ts'
import { writeJsonFeed } from '../../services/reading/write-json-feed.ts'
import { writeRss } from '../../services/reading/write-rss.ts'
import { findRedirect } from '../moved/queries.ts'
import { followMove } from '../moved/routes.ts'

interface Options {
  readonly graph: GraphAccess
  readonly documents: DocumentCache
}

/** Ghost's addresses for RSS; the other two beside them. */
const formats = [
  { format: 'rss', ending: 'rss/', contentType: 'application/rss+xml; charset=utf-8' },
  { format: 'atom', ending: 'atom/', contentType: 'application/atom+xml; charset=utf-8' },
  { format: 'json', ending: 'feed.json', contentType: 'application/feed+json; charset=utf-8' },
] as const satisfies readonly { format: FeedFormat; ending: string; contentType: string }[]

const writers = { rss: writeRss, atom: writeAtom, json: writeJsonFeed }
const params = z.object({ slug: z.string().min(1).max(191) })

interface Source {
  readonly scope: FeedScope
  readonly title: string
  readonly description: string
  /** Path of the page. */
  readonly path: string
  readonly tag: string
}

/** Feeds of the site, of each tag and of each author: RSS, Atom and JSON Feed. */
export async function feedRoutes(
  app: FastifyInstance,
  { graph, documents }: Options,
): Promise<void> {
  const { config } = app
  const siteUrl = config.publicUrls.blog
  const addresses = createAbsoluteAddresses(siteUrl)

  for (const { format, ending, contentType } of formats) {
    const send = async (request: FastifyRequest, reply: FastifyReply, { key, find }: Wanted) => {
      const isSent = await documents(request, reply, {
        key: ['feed', format, ...key],
        contentType,
        async load() {
          const source = await find()
          if (!source) return undefined
          const feed = await makeFeed(source, ending)
          const { tag } = source
          const changed = changedAt(feed)?.toISOString() ?? null
          return { body: writers[format](feed), changedAt: changed, tags: [pageTags.all, tag] }
        },
      })
      return isSent ? reply : followPage(request, reply, { key, ending })
    }
    app.get(`/${ending}`, (request, reply) =>
      send(request, reply, { key: [], find: async () => siteSource() }),
    )
    app.get(`/tag/:slug/${ending}`, (request, reply) => {
      const slug = slugOf(request)
      return send(request, reply, { key: ['tag', slug], find: () => tagSource(slug) })
    })
    app.get(`/author/:slug/${ending}`, (request, reply) => {
      const slug = slugOf(request)
      return send(request, reply, { key: ['author', slug], find: () => authorSource(slug) })
    })
  }

  // Ghost leads from these to its feeds.
  for (const path of ['/', '/tag/:slug/', '/author/:slug/']) {
    app.get(`${path}feed/`, (request, reply) =>
      reply.redirect(request.url.replace(/feed\/?(?=$|\?)/, 'rss/'), 301),
    )
  }

  /** The feed of a page that has moved has moved with it. */
  async function followPage(
    request: FastifyRequest,
    reply: FastifyReply,
    { key, ending }: { readonly key: readonly string[]; readonly ending: string },
  ) {
    const { database } = await graph.open()
    const moved = await findRedirect(database, `/${key.join('/')}/`)
    if (moved && /^\/(?:tag|author)\/[^/?#]+\/$/.test(moved.toPath))
      return reply.redirect(asciiPath(moved.toPath + ending), moved.permanent ? 301 : 302)
    return followMove(request, reply, { database, otherwise: 'There is no such feed here.' })
  }

  async function makeFeed(source: Source, ending: string): Promise<Feed> {
    return {
      title: source.title,
      description: source.description,
      pageUrl: siteUrl + source.path,
      selfUrl: siteUrl + source.path + ending,
      language: config.platform.language,
      items: await readFeedItems(await graph.open(), source.scope, addresses),
    }
  }

  function siteSource(): Source {
    const { name, tagline } = config.platform
    const scope = { kind: 'site' } as const
    return { scope, title: name, description: tagline, path: '/', tag: pageTags.lists }
  }

  async function tagSource(slug: string): Promise<Source | undefined> {
    const { database } = await graph.open()
    const [tag] = await database
      .select()
      .from(tags)
      .where(and(eq(tags.slug, slug), eq(tags.visibility, 'public')))
    return (
      tag && {
        scope: { kind: 'tag', id: tag.id },
        title: `${tag.name} · ${config.platform.name}`,
        description: tag.description ?? config.platform.tagline,
        path: `/tag/${tag.slug}/`,
        tag: pageTags.tag(tag.slug),
      }
    )
  }

  async function authorSource(slug: string): Promise<Source | undefined> {
    const { database } = await graph.open()
    const [author] = await database.select().from(authors).where(eq(authors.slug, slug))
    return (
      author && {
        scope: { kind: 'author', id: author.id },
        title: `${author.name} · ${config.platform.name}`,
        description: author.bio ?? config.platform.tagline,
        path: `/author/${author.slug}/`,
        tag: pageTags.author(author.slug),
      }
    )
  }
}

interface Wanted {
  /** Parts of the path of the page. */
  readonly key: readonly string[]
  readonly find: () => Promise<Source | undefined>
}

/** As headers have to be. */
function asciiPath(path: string): string {
  return new URL(path, 'http://here.invalid').pathname
}

function slugOf(request: FastifyRequest): string {
  const parsed = params.safeParse(request.params)
  if (!parsed.success) throw new NotFoundError('There is no such feed here.')
  return parsed.data.slug
}
