import { NotFoundError, UnauthorizedError } from '@rose-ash/shared/contracts/errors'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { type DeliveryDesk, takeDelivery } from '../../services/ghost-sync/take-delivery.ts'

/** Bodies hold whole posts in two forms. */
const bodyLimit = 8 * 1024 ** 2

const params = z.object({ sourceId: z.uuid() })

/**
 * Where Ghost sites tell of changes. Never answers 410, at which Ghost would delete its webhook.
 */
export async function ghostWebhookRoutes(app: FastifyInstance, desk: DeliveryDesk): Promise<void> {
  // The signature covers the very bytes.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) =>
    done(null, body),
  )
  const forPrograms = { handshake: 'never', isForMachines: true, rateLimit: false } as const
  app.post(
    '/ghost/webhooks/:sourceId',
    { config: forPrograms, bodyLimit },
    async (request, reply) => {
      const { data } = params.safeParse(request.params)
      if (!data) throw new NotFoundError('There is no such site here.')
      const signature = request.headers['x-ghost-signature']
      const taken = await takeDelivery(desk, data.sourceId, {
        rawBody: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
        signature: typeof signature === 'string' ? signature : undefined,
      })
      if (taken === 'unknown-source') throw new NotFoundError('There is no such site here.')
      if (taken === 'refused') {
        throw new UnauthorizedError('The signature is missing, wrong or too old.')
      }
      return reply.status(202).header('cache-control', 'no-store').send({ status: taken })
    },
  )
}
