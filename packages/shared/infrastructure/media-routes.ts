import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

/**
 * `/content/*` from the media folder, on every app, so that a picture shown by one app does not need
 * another. Whatever people upload is data: it may not run scripts, and what is not a picture, sound or
 * film is offered as a download.
 */
export async function mediaRoutes(
  app: FastifyInstance,
  { mediaFolder }: { mediaFolder: string },
): Promise<void> {
  const root = join(mediaFolder, 'content')
  mkdirSync(root, { recursive: true })
  await app.register(fastifyStatic, {
    root,
    prefix: '/content/',
    decorateReply: false,
    index: false,
    dotfiles: 'ignore',
    cacheControl: false,
    setHeaders(reply, path) {
      void reply.header('cache-control', 'public, max-age=604800, stale-while-revalidate=86400')
      void reply.header(
        'content-security-policy',
        "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      )
      if (!/\.(avif|gif|jpe?g|png|svg|webp|mp[34]|m4[av]|ogg|wav|webm)$/i.test(path)) {
        void reply.header('content-disposition', 'attachment')
      }
    },
  })
}
