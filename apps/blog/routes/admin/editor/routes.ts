import type { BundledFiles } from '@rose-ash/editor/bundled-files'
import type { GuardedFetch } from '@rose-ash/shared/infrastructure/outgoing/guarded-fetch'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance } from 'fastify'
import type { Database } from '../../../models/index.ts'
import type { EmbedProvider } from '../../../services/editing/embed-providers.ts'
import { createEmbeds } from '../../../services/editing/embeds.ts'
import { createMediaUploads } from '../../../services/editing/media-uploads.ts'
import type { PictureQueue } from '../../../services/editing/picture-queue.ts'
import type { GraphAccess } from '../../../services/graph/open-graph.ts'
import { blockRoutes } from './block-routes.ts'
import { embedRoutes } from './embed-routes.ts'
import { editorFileRoutes } from './file-routes.ts'
import { linkRoutes } from './link-routes.ts'
import { mediaUploadRoutes } from './media-routes.ts'
import { snippetRoutes } from './snippet-routes.ts'

interface Options {
  readonly database: Database
  readonly page: PageRenderer
  readonly graph: GraphAccess
  readonly files: BundledFiles
  readonly outgoing: GuardedFetch
  readonly pictures: PictureQueue
  /** Default: those that are known. */
  readonly providers?: readonly EmbedProvider[]
}

/** What the editor in the page asks for. For editors, and in JSON. */
export async function editorRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { database, page, graph, files, outgoing, pictures, providers } = options
  const { mediaFolder, publicUrls, platform } = app.config
  const uploads = createMediaUploads({ database, mediaFolder }, pictures)
  const embeds = createEmbeds({
    outgoing,
    uploads,
    site: { url: publicUrls.blog, name: platform.name, blog: app.services.blog },
    ...(providers && { providers }),
  })
  await app.register(editorFileRoutes, { files })
  await app.register(mediaUploadRoutes, { uploads })
  await app.register(embedRoutes, { embeds })
  await app.register(linkRoutes, { database })
  await app.register(snippetRoutes, { database, page })
  await app.register(blockRoutes, { graph })
}
