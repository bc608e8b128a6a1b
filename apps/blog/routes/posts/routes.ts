import { wantsActivity } from '@rose-ash/shared/activitypub/contexts'
import type { Fediverse } from '@rose-ash/shared/activitypub/fediverse'
import { sendArticle } from '@rose-ash/shared/activitypub/routes/send-document'
import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import type { MembersService } from '@rose-ash/shared/contracts/members'
import type { PageCache } from '@rose-ash/shared/infrastructure/view/page-cache'
import type { Render } from '@rose-ash/shared/infrastructure/view/templates'
import type { FastifyInstance } from 'fastify'
import type { Database } from '../../models/index.ts'
import type { GraphAccess } from '../../services/graph/open-graph.ts'
import { readSurroundings } from '../../services/graph/surroundings.ts'
import { createReaderOf } from '../../services/posts/reader.ts'
import type { Site } from '../../services/reading/head-of-post.ts'
import { followMove } from '../moved/routes.ts'
import { describeAsData, nameOf } from './describe-post.ts'
import { editorLinksOf } from './editor-links.ts'
import { prepareFindPost } from './queries.ts'
import { createPostPage } from './show-post.ts'

interface Options {
  readonly database: Database
  readonly pageCache: PageCache
  readonly graph: GraphAccess
  readonly render: Render
  readonly members: MembersService
  readonly site: Site
  readonly fediverse: Fediverse
}

/** `/<slug>/`: posts and pages. Registered last, so that every other route of the blog wins. */
export async function postRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { database, fediverse } = options
  const findPost = prepareFindPost(database)
  const showPost = createPostPage(options)
  const readerOf = createReaderOf(options.members)

  /** What is known of a post, for other programs. */
  app.get<{ Params: { slug: string } }>('/:slug/data.json', async (request, reply) => {
    const post = await findPost(request.params.slug)
    if (!post) throw new NotFoundError('There is no story or page at this address.')
    const graph = await options.graph.open()
    return reply.send(describeAsData(post, await readSurroundings(graph, nameOf(post))))
  })

  app.get<{ Params: { slug: string } }>('/:slug/', async (request, reply) => {
    const { slug } = request.params
    if (wantsActivity(request.headers.accept)) {
      const post = await findPost(slug)
      if (post?.type === 'post') return sendArticle(reply, fediverse, post.id)
    }
    const load = async () => {
      // First, since the first types are posts that it puts there.
      await options.graph.open()
      const post = await findPost(slug)
      if (!post) return undefined
      const editing = editorLinksOf(request.user, post)
      return showPost(post, await readerOf(request.user, post), { editing })
    }
    if (await options.pageCache(request, reply, { key: ['post', slug], load })) return reply
    const otherwise = 'There is no story or page at this address. It may have moved.'
    return followMove(request, reply, { database, otherwise })
  })
}
