import type { BundledFiles } from '@rose-ash/editor/bundled-files'
import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import { forEver, sendAsset } from '@rose-ash/shared/infrastructure/view/asset-routes'
import type { FastifyInstance } from 'fastify'

/** The editor's script and stylesheet. Free software, so whoever asks may have them. */
export async function editorFileRoutes(
  app: FastifyInstance,
  { files }: { files: BundledFiles },
): Promise<void> {
  app.get('/assets/editor/*', async (request, reply) => {
    const asset = await files.find(request.url.replace(/\?.*$/, ''))
    if (!asset) throw new NotFoundError('There is no such file.')
    return sendAsset(request, reply, { asset, cacheControl: forEver })
  })
}
