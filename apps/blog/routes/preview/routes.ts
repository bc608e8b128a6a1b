import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import { noStanding } from '@rose-ash/shared/contracts/members'
import { memberReader, type PostReader } from '@rose-ash/shared/contracts/paywall'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { Render } from '@rose-ash/shared/infrastructure/view/templates'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Database } from '../../models/index.ts'
import type { GraphAccess } from '../../services/graph/open-graph.ts'
import type { PreviewLinks } from '../../services/posts/preview-links.ts'
import type { Site } from '../../services/reading/head-of-post.ts'
import { editedPost, requireEditor } from '../admin/posts/permissions.ts'
import { findPostForPreview, type FullPost } from '../posts/queries.ts'
import { createPostPage } from '../posts/show-post.ts'

interface Options {
  readonly database: Database
  readonly page: PageRenderer
  readonly graph: GraphAccess
  readonly render: Render
  readonly links: PreviewLinks
  readonly site: Site
}

const asked = z.object({
  until: z.string().max(20).catch(''),
  key: z.string().max(100).catch(''),
  as: z.enum(['staff', 'anonymous', 'member', 'paying']).catch('staff'),
})

const readers = [
  ['staff', 'Everything'],
  ['anonymous', 'As a stranger'],
  ['member', 'As a member'],
  ['paying', 'As a paying member'],
] as const

/** What is not out yet, for whoever has been given a link, as each kind of reader will see it. */
export async function previewRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { database, links, page } = options
  const showPost = createPostPage(options)

  app.get('/admin/posts/:id/preview', async (request, reply) => {
    requireEditor(request)
    return reply.redirect(links.create(editedPost(request)), 303)
  })

  app.get('/preview/:id/', async (request, reply) => {
    const id = editedPost(request)
    const { until, key, as } = asked.parse(request.query)
    if (!links.isGood(id, { until, key })) {
      throw new NotFoundError('This preview is not here any more. Ask for a new link to it.')
    }
    const post = await findPostForPreview(database, id)
    if (!post) throw new NotFoundError('There is no such post any more.')
    // Nobody else is told of this address: the signature stands in it.
    void reply.header('referrer-policy', 'no-referrer')
    const previews = readers.map(([name, label]) => ({
      label,
      url: `?${new URLSearchParams({ until, key, as: name })}`,
      isShown: name === as,
    }))
    const { page: shown } = await showPost(post, readerLike(as, post), { previews })
    return page(request, reply, { ...shown, isPrivate: true })
  })
}

function readerLike(as: z.output<typeof asked>['as'], post: FullPost): PostReader {
  if (as === 'staff' || as === 'anonymous') return { kind: as }
  const isPaying = as === 'paying'
  return memberReader(isPaying ? { isPaying, tierIds: post.tierIds } : noStanding, post)
}
