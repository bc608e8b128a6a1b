import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Database } from '../../models/index.ts'
import { createAbsoluteAddresses } from '../../services/content-api/absolute-addresses.ts'
import { browse, readOne } from '../../services/content-api/answer.ts'
import { createAuthorResource } from '../../services/content-api/authors.ts'
import { noSuchResource } from '../../services/content-api/content-api-error.ts'
import { createDateWriter } from '../../services/content-api/dates.ts'
import { ghostVersion } from '../../services/content-api/ghost-version.ts'
import { useKey } from '../../services/content-api/keys.ts'
import { createNewsletterResource } from '../../services/content-api/newsletters.ts'
import { createPostResource } from '../../services/content-api/posts.ts'
import { readContentQuery } from '../../services/content-api/read-query.ts'
import { describeSettings } from '../../services/content-api/settings.ts'
import { createTagResource } from '../../services/content-api/tags.ts'
import { createTierResource } from '../../services/content-api/tiers.ts'
import { sendContentError } from './errors.ts'

interface Options {
  readonly database: Database
}

interface ReadRequest {
  Params: { name: string }
}

export const contentApiPath = '/ghost/api/content'

/**
 * What everybody may read, as Ghost's Content API answers it: for front ends and clients that were made
 * for Ghost. Nobody's session counts here.
 */
export async function contentApiRoutes(app: FastifyInstance, options: Options): Promise<void> {
  await app.register((inside) => addRoutes(inside, options), { prefix: contentApiPath })
}

async function addRoutes(app: FastifyInstance, { database }: Options): Promise<void> {
  const { platform, publicUrls } = app.config
  const source = {
    database,
    addresses: createAbsoluteAddresses(publicUrls.blog),
    writeDate: createDateWriter(platform.timeZone),
  }
  const resources = [
    createPostResource(source, 'post'),
    createPostResource(source, 'page'),
    createTagResource(source),
    createAuthorResource(source),
    createTierResource(source),
    createNewsletterResource(source),
  ]

  // The same for everybody: nobody is asked to sign in on the way.
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, handshake: 'never' }
  })
  app.addHook('onRequest', async (_request, reply) => {
    void reply.headers({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'content-version, etag',
      'cross-origin-resource-policy': 'cross-origin',
      'content-version': `v${ghostVersion}`,
      'cache-control': 'public, max-age=0',
    })
  })
  app.setErrorHandler((error, request, reply) => sendContentError(error, request, reply))
  app.get('/*', async () => {
    throw noSuchResource()
  })

  app.options('/*', async (_request, reply) =>
    reply
      .headers({
        'access-control-allow-methods': 'GET, HEAD, OPTIONS',
        'access-control-allow-headers': 'accept-version, content-type, if-none-match',
        'access-control-max-age': '86400',
      })
      .status(204)
      .send(),
  )

  for (const resource of resources) {
    app.get(`/${resource.name}/`, async (request, reply) => {
      const query = await readRequest(request)
      return sendJson(request, reply, await browse(resource, query))
    })
    app.get<ReadRequest>(`/${resource.name}/:name/`, async (request, reply) => {
      const query = await readRequest(request)
      const { name } = request.params
      return sendJson(request, reply, await readOne(resource, { by: 'id', name }, query))
    })
    app.get<ReadRequest>(`/${resource.name}/slug/:name/`, async (request, reply) => {
      const query = await readRequest(request)
      const { name } = request.params
      return sendJson(request, reply, await readOne(resource, { by: 'slug', name }, query))
    })
  }

  app.get('/settings/', async (request, reply) => {
    await readRequest(request)
    const settings = describeSettings({
      name: platform.name,
      description: platform.tagline,
      language: platform.language,
      timeZone: platform.timeZone,
      mailFrom: app.config.mailFrom,
      url: publicUrls.blog,
      navigation: await app.services.blog.navigationTree(),
      version: ghostVersion,
    })
    return sendJson(request, reply, { settings, meta: {} })
  })

  async function readRequest(request: FastifyRequest) {
    const query = request.query as Readonly<Record<string, unknown>>
    await useKey(database, query['key'])
    return readContentQuery(query)
  }
}

/** Somebody who has the same answer already is only told so. */
async function sendJson(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: object,
): Promise<FastifyReply> {
  const body = JSON.stringify(answer)
  const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
  void reply.header('etag', etag)
  const known = (request.headers['if-none-match'] ?? '').split(/,\s*/)
  if (known.includes(etag)) return reply.status(304).send()
  return reply.type('application/json; charset=utf-8').send(body)
}
