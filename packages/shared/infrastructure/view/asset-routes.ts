import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { NotFoundError } from '../../contracts/errors.ts'
import type { Asset, Assets } from './assets.ts'

/** For what has a hash of its content in its address. */
export const forEver = 'public, max-age=31536000, immutable'

/** `/assets/*` with a content hash in each name, and the two names that browsers ask for by themselves. */
export async function assetRoutes(
  app: FastifyInstance,
  { assets }: { assets: Assets },
): Promise<void> {
  app.get('/assets/*', async (request, reply) => {
    const asset = assets.findByPath(request.url.replace(/\?.*$/, ''))
    if (!asset) throw new NotFoundError('There is no such file.')
    return sendAsset(request, reply, { asset, cacheControl: forEver })
  })

  for (const name of ['favicon.ico', 'favicon.svg']) {
    app.get(`/${name}`, async (request, reply) => {
      const asset = assets.findByName(name) ?? assets.findByName('favicon.svg')
      if (!asset) throw new NotFoundError('There is no such file.')
      return sendAsset(request, reply, { asset, cacheControl: 'public, max-age=86400' })
    })
  }
}

/** In the smallest form that the browser takes. */
export function sendAsset(
  request: FastifyRequest,
  reply: FastifyReply,
  { asset, cacheControl }: { asset: Asset; cacheControl: string },
): FastifyReply {
  const accepted = request.headers['accept-encoding'] ?? ''
  void reply.header('cache-control', cacheControl).header('vary', 'accept-encoding')
  void reply.type(asset.contentType)
  if (isAccepted('br', accepted)) return reply.header('content-encoding', 'br').send(asset.brotli)
  if (isAccepted('gzip', accepted)) {
    return reply.header('content-encoding', 'gzip').send(asset.gzip)
  }
  return reply.send(asset.body)
}

/** Named in `Accept-Encoding`, and not with the weight zero, which forbids it (RFC 9110, 12.5.3). */
function isAccepted(encoding: string, accepted: string | readonly string[]): boolean {
  return String(accepted)
    .split(',')
    .map((part) => part.replaceAll(/\s/g, '').toLowerCase())
    .some((part) => part.split(';')[0] === encoding && !/;q=0(\.0*)?$/.test(part))
}
