import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { NotFoundError } from '../contracts/errors.ts'

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
  await app.register(contentRoutes, { root, prefix: '/content' })
}

async function contentRoutes(app: FastifyInstance, { root }: { root: string }): Promise<void> {
  // A page may ask for a size that was never made: wider than the picture is.
  app.setNotFoundHandler((request, reply) => {
    const original = /^\/content\/images\/size\/w\d+(\/[^?]+)/.exec(request.url)?.[1]
    if (!original) throw new NotFoundError('There is no such file.')
    return reply.redirect(`/content/images${original}`, 302)
  })
  await app.register(fastifyStatic, {
    root,
    prefix: '/',
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
