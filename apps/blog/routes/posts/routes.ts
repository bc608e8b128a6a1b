import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import { excerptOf } from '@rose-ash/shared/contracts/excerpt'
import { canRead, type PostReader, visibleHtml } from '@rose-ash/shared/contracts/paywall'
import { may } from '@rose-ash/shared/contracts/permissions'
import type { CurrentUser } from '@rose-ash/shared/contracts/visitor'
import type { FragmentRequest } from '@rose-ash/shared/infrastructure/fragments/client'
import { initialOf } from '@rose-ash/shared/infrastructure/view/initial'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { Render } from '@rose-ash/shared/infrastructure/view/templates'
import type { FastifyInstance } from 'fastify'
import type { Database } from '../../models/index.ts'
import { objectName, relationName, typeName } from '../../services/graph/names.ts'
import type { GraphAccess } from '../../services/graph/open-graph.ts'
import {
  readExtent,
  readSurroundings,
  type Surroundings,
} from '../../services/graph/surroundings.ts'
import { createListFiller } from '../../services/queries/fill-lists.ts'
import { objectUrl } from '../admin/addresses.ts'
import { followMove } from '../moved/routes.ts'
import { type FullPost, prepareFindPost } from './queries.ts'

interface Options {
  readonly database: Database
  readonly page: PageRenderer
  readonly graph: GraphAccess
  readonly render: Render
}

/** `/<slug>/`: posts and pages. Registered last, so that every other route of the blog wins. */
export async function postRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { database, page } = options
  const findPost = prepareFindPost(database)
  const fillLists = createListFiller(options)

  /** What is known of a post, for other programs. */
  app.get<{ Params: { slug: string } }>('/:slug/data.json', async (request, reply) => {
    const post = await findPost(request.params.slug)
    if (!post) throw new NotFoundError('There is no story or page at this address.')
    const graph = await options.graph.open()
    return reply.send(describeAsData(post, await readSurroundings(graph, nameOf(post))))
  })

  app.get<{ Params: { slug: string } }>('/:slug/', async (request, reply) => {
    const { slug } = request.params
    // First, since the first types are posts that it puts there.
    const graph = await options.graph.open()
    const post = await findPost(slug)
    if (!post) {
      const otherwise = 'There is no story or page at this address. It may have moved.'
      return followMove(request, reply, { database, otherwise })
    }
    const reader = readerOf(request.user)
    const described = describePost(post, reader)
    const surroundings = await readSurroundings(graph, nameOf(post))
    const extent = post.type === 'type' ? await readExtent(graph, post.slug) : []
    const description = post.meta.metaDescription ?? excerptOf(post)
    const image = post.meta.ogImage ?? post.featureImage
    return page(request, reply, {
      template: templateOf(post),
      title: post.meta.metaTitle ?? post.title,
      ...(description ? { description } : {}),
      ...(image ? { image } : {}),
      ...(post.language ? { language: post.language } : {}),
      canonicalPath: `/${post.slug}/`,
      ...(post.canonicalUrl ? { canonicalUrl: post.canonicalUrl } : {}),
      data: {
        ...described,
        html: await fillLists(described.html),
        ...surroundings,
        extent,
        isType: post.type === 'type',
        // A hint for whoever can do something about it.
        relateUrl: reader.kind === 'staff' ? objectUrl(nameOf(post)) : null,
      },
      fragments: fragmentsOf(post),
    })
  })
}

function templateOf({ type }: FullPost): string {
  if (type === 'type' || type === 'relation') return 'pages/type'
  return type === 'page' ? 'pages/page' : 'pages/post'
}

/** As the graph names it. */
function nameOf({ id, slug, type }: FullPost): string {
  if (type === 'type') return typeName(slug)
  return type === 'relation' ? relationName(slug) : objectName('post', id)
}

function describeAsData(post: FullPost, { types, fields, related }: Surroundings) {
  const linkOf = ({ title, url }: { readonly title: string; readonly url: string }) => ({
    title,
    url,
  })
  return {
    title: post.title,
    url: `/${post.slug}/`,
    publishedAt: post.publishedAt,
    types: types.map(linkOf),
    fields: Object.fromEntries(fields.map(({ name, value }) => [name, value])),
    related: related.map(linkOf),
  }
}

/** Paying and tiers come with memberships; until then a member is one who does not pay. */
function readerOf(user: CurrentUser | undefined): PostReader {
  if (!user) return { kind: 'anonymous' }
  return may(user.roles, 'posts.edit') ? { kind: 'staff' } : { kind: 'member', isPaying: false }
}

function describePost(post: FullPost, reader: PostReader) {
  const publicTags = post.tags
    .filter((tag) => tag.visibility === 'public')
    .map((tag) => ({ name: tag.name, url: `/tag/${tag.slug}/` }))
  const { before, after } = post
  return {
    title: post.title,
    lead: post.customExcerpt,
    html: visibleHtml(post.html, post.visibility, reader),
    isCut: !canRead(post.visibility, reader),
    visibility: post.visibility,
    signInUrl: `/auth/login?next=${encodeURIComponent(`/${encodeURIComponent(post.slug)}/`)}`,
    publishedAt: post.publishedAt,
    readingMinutes: post.readingMinutes,
    primaryTag: post.tags[0]?.visibility === 'public' ? publicTags[0] : null,
    tags: publicTags,
    authors: post.authors.map((author) => ({
      name: author.name,
      url: `/author/${author.slug}/`,
      bio: author.bio,
      avatar: author.profileImage,
      initial: initialOf(author.name),
    })),
    picture: post.featureImage && {
      src: post.featureImage,
      alt: post.featureImageAlt ?? '',
      captionHtml: post.featureImageCaption,
      width: post.pictureWidth ?? 1600,
      height: post.pictureHeight ?? 1000,
    },
    before: before && { title: before.title, url: `/${before.slug}/` },
    after: after && { title: after.title, url: `/${after.slug}/` },
  }
}

/** A page shows what hangs on it; a post shows the events that it tells of. */
function fragmentsOf(post: FullPost): Record<string, FragmentRequest> {
  if (post.type === 'page') {
    const parameters = { containerType: 'page', containerId: post.id }
    return {
      calendars: { provider: 'events', type: 'container-nav', parameters },
      markets: { provider: 'market', type: 'container-nav', parameters },
    }
  }
  return {
    events: { provider: 'events', type: 'container-cards', parameters: { postId: post.id } },
  }
}
