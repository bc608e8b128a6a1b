import { fileURLToPath } from 'node:url'
import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import type { AppConfig } from '@rose-ash/shared/infrastructure/config/schema'
import { assetRoutes } from '@rose-ash/shared/infrastructure/view/asset-routes'
import type { Assets } from '@rose-ash/shared/infrastructure/view/assets'
import { createRender } from '@rose-ash/shared/infrastructure/view/templates'
import { fastify, type FastifyInstance } from 'fastify'
import { findMessage, listMessages } from './messages.ts'

const templates = fileURLToPath(new URL('../templates', import.meta.url))

const headers = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
}

/** A page of every mail that this installation has sent. For one machine only: it asks nobody to sign in. */
export async function createMailboxApp(options: {
  readonly config: AppConfig
  readonly assets: Assets
  readonly mailFolder: string
}): Promise<FastifyInstance> {
  const { config, assets, mailFolder } = options
  const render = createRender({ config, assets, folder: templates })
  const app = fastify({ routerOptions: { ignoreTrailingSlash: true } })
  await app.register(assetRoutes, { assets })

  app.get('/', async (_request, reply) => {
    const messages = await listMessages(mailFolder)
    return reply
      .headers(headers)
      .type('text/html; charset=utf-8')
      .send(render('mailbox', { platform: config.platform, messages }))
  })

  app.get<{ Params: { id: string } }>('/:id', async (request, reply) => {
    const message = await findMessage(mailFolder, request.params.id)
    if (!message) throw new NotFoundError('There is no such mail.')
    return reply
      .headers(headers)
      .type('text/html; charset=utf-8')
      .send(render('mail', { platform: config.platform, message }))
  })
  return app
}
