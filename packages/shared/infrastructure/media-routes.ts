import { mkdirSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { NotFoundError } from '../contracts/errors.ts'

/**
 * `/content/*` from the media folder, on every app, so that a picture shown by one app does not need
 * another. Whatever people upload is data: it may not run scripts, and what is not a picture, sound or
 * film is offered as a download. Pictures go out in the best format that lies beside them and that the
 * browser takes: `harbour.jpg.avif`, `harbour.jpg.webp`.
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
    index: false,
    dotfiles: 'ignore',
    cacheControl: false,
    setHeaders(reply, path) {
      void reply.header('cache-control', hasHash.test(path) ? forEver : forAWeek)
      void reply.header(
        'content-security-policy',
        "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      )
      const isFile = path.startsWith(join(root, 'files') + sep)
      if (isFile || !/\.(avif|gif|jpe?g|png|svg|webp|mp[34]|m4[av]|ogg|wav|webm)$/i.test(path)) {
        void reply.header('content-disposition', 'attachment')
      }
    },
  })

  app.route<{ Params: { '*': string } }>({
    method: ['GET', 'HEAD'],
    url: '/images/*',
    async handler(request, reply) {
      const path = `images/${request.params['*']}`
      void reply.header('vary', 'accept')
      const format = await bestFormat(join(root, path), request.headers.accept)
      return reply.sendFile(path + format)
    },
  })
}

/** As an upload gets it: its content never changes. */
const hasHash = /-[0-9a-f]{12}\.\w+(\.(avif|webp))?$/
const forEver = 'public, max-age=31536000, immutable'
const forAWeek = 'public, max-age=604800, stale-while-revalidate=86400'

/** What to put behind the name: the smallest first; nothing when the picture itself is best. */
async function bestFormat(file: string, accepted = ''): Promise<string> {
  for (const format of ['avif', 'webp']) {
    if (takes(accepted, `image/${format}`) && (await isThere(`${file}.${format}`))) {
      return `.${format}`
    }
  }
  return ''
}

/** By name, as browsers do that can show it; `image/*` says nothing. */
function takes(accepted: string, type: string): boolean {
  return accepted
    .toLowerCase()
    .split(',')
    .map((part) => part.replaceAll(/\s/g, ''))
    .some((part) => part.split(';')[0] === type && !/;q=0(\.0*)?$/.test(part))
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}
