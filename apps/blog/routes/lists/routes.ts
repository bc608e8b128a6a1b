import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import type { FragmentRequest } from '@rose-ash/shared/infrastructure/fragments/client'
import { initialOf } from '@rose-ash/shared/infrastructure/view/initial'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import { and, asc, count, desc, eq } from 'drizzle-orm'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { authors, type Database, posts, postTags, tags } from '../../models/index.ts'
import { followMove } from '../moved/routes.ts'
import { pageUrl, paginate } from './pagination.ts'
import { createPostLists, type PostList } from './queries.ts'

interface Options {
  readonly database: Database
  readonly page: PageRenderer
}

const pageNumberSchema = z
  .string()
  .regex(/^[1-9]\d{0,5}$/)
  .transform(Number)
const numbered = z.object({ pageNumber: pageNumberSchema.prefault('1') })
const sluggedAndNumbered = numbered.extend({ slug: z.string().min(1).max(191) })

/** Home, tags and authors: lists of posts, each with `/page/<n>/` after it. */
export async function listRoutes(app: FastifyInstance, { database, page }: Options): Promise<void> {
  const lists = createPostLists(database)
  for (const path of ['/', '/page/:pageNumber/']) {
    app.get(path, async (request, reply) => {
      const { pageNumber } = parse(numbered, request)
      const list = await lists.all(pageNumber)
      const pagination = paginate('/', { pageNumber, postCount: list.postCount })
      const { platform } = app.config
      return page(request, reply, {
        template: 'pages/home',
        title: pageNumber === 1 ? platform.name : `Stories, page ${pageNumber}`,
        canonicalPath: pageUrl('/', pageNumber),
        data: (fragments) => ({
          ...withLead(list, pageNumber),
          pagination,
          eventStrips: list.cards
            .map(({ id }) => fragments[`containerCards:${id}`] ?? '')
            .filter(Boolean)
            .slice(0, 3),
        }),
        fragments: eventCards(list),
      })
    })
  }

  for (const path of ['/tag/:slug/', '/tag/:slug/page/:pageNumber/']) {
    app.get(path, async (request, reply) => {
      const { slug, pageNumber } = parse(sluggedAndNumbered, request)
      const [tag] = await database
        .select()
        .from(tags)
        .where(and(eq(tags.slug, slug), eq(tags.visibility, 'public')))
      if (!tag) {
        return followMove(request, reply, { database, otherwise: 'There is no such tag here.' })
      }
      return sendList(request, reply, {
        heading: tag.name,
        lead: tag.description,
        base: `/tag/${tag.slug}/`,
        list: await lists.withTag(tag.id, pageNumber),
        pageNumber,
      })
    })
  }

  for (const path of ['/author/:slug/', '/author/:slug/page/:pageNumber/']) {
    app.get(path, async (request, reply) => {
      const { slug, pageNumber } = parse(sluggedAndNumbered, request)
      const [author] = await database.select().from(authors).where(eq(authors.slug, slug))
      if (!author) {
        return followMove(request, reply, { database, otherwise: 'There is no such author here.' })
      }
      return sendList(request, reply, {
        heading: author.name,
        lead: author.bio,
        avatar: author.profileImage,
        base: `/author/${author.slug}/`,
        list: await lists.byAuthor(author.id, pageNumber),
        pageNumber,
      })
    })
  }

  app.get('/tags/', async (request, reply) => {
    const rows = await database
      .select({
        name: tags.name,
        slug: tags.slug,
        description: tags.description,
        postCount: count(),
      })
      .from(tags)
      .innerJoin(postTags, eq(postTags.tagId, tags.id))
      .innerJoin(posts, eq(posts.id, postTags.postId))
      .where(
        and(eq(tags.visibility, 'public'), eq(posts.status, 'published'), eq(posts.type, 'post')),
      )
      .groupBy(tags.id)
      .orderBy(desc(count()), asc(tags.name))
    return page(request, reply, {
      template: 'pages/tags',
      title: 'Tags',
      canonicalPath: '/tags/',
      data: { tags: rows.map((row) => ({ ...row, url: `/tag/${row.slug}/` })) },
    })
  })

  interface ShownList {
    readonly heading: string
    readonly lead: string | null
    readonly avatar?: string | null
    readonly base: string
    readonly list: PostList
    readonly pageNumber: number
  }

  async function sendList(request: FastifyRequest, reply: FastifyReply, shown: ShownList) {
    const { heading, lead, base, list, pageNumber } = shown
    const pagination = paginate(base, { pageNumber, postCount: list.postCount })
    return page(request, reply, {
      template: 'pages/list',
      title: pageNumber === 1 ? heading : `${heading}, page ${pageNumber}`,
      ...(lead ? { description: lead } : {}),
      canonicalPath: pageUrl(base, pageNumber),
      data: {
        heading,
        lead,
        avatar: shown.avatar ?? null,
        initial: initialOf(heading),
        hasFace: shown.avatar !== undefined,
        posts: list.cards.map((card) => ({ ...card, isLead: false })),
        postCount: list.postCount,
        pagination,
      },
    })
  }
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

/** What is coming up around these posts: asked for each, answered in one batch. */
function eventCards({ cards }: PostList): Record<string, FragmentRequest> {
  return Object.fromEntries(
    cards.map(({ id }) => [
      `containerCards:${id}`,
      { provider: 'events', type: 'container-cards', parameters: { postId: id } } as const,
    ]),
  )
}
