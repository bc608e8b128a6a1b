import type { FastifyInstance, FastifyRequest } from 'fastify'
import { PlatformError, TooManyRequestsError } from '../../contracts/errors.ts'
import type { ActorAddresses } from '../addresses.ts'
import type { ReceivedRequest } from '../inbox/receive.ts'

interface Options {
  readonly addresses: ActorAddresses
  readonly publicUrl: string
  readonly receive: (request: ReceivedRequest) => Promise<void>
}

const mostBytes = 1_048_576
const types = /^application\/(?:activity\+json|ld\+json|json)\b/

class UnsupportedTypeError extends PlatformError {
  override name = 'UnsupportedTypeError'
  override readonly status = 415
}

/** Where other servers send: the actor's own inbox and the one that all of an app share are the same. */
export async function inboxRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { addresses, publicUrl, receive } = options
  // Signatures are over the bytes as they came.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  for (const inbox of [addresses.inbox, addresses.sharedInbox]) {
    const { pathname } = new URL(inbox)
    const limits = { bodyLimit: mostBytes, config: { isForMachines: true } }
    app.post(pathname, limits, async (request, reply) => {
      if (!types.test(request.headers['content-type'] ?? '')) {
        throw new UnsupportedTypeError('Send application/activity+json.')
      }
      await receive(toSigned(request, publicUrl)).catch((error: unknown) => {
        if (error instanceof PlatformError) {
          request.log.info({ reason: error.message }, 'an activity was refused')
        }
        if (error instanceof TooManyRequestsError) void reply.header('retry-after', '60')
        throw error
      })
      return reply.status(202).send()
    })
  }
}

function toSigned(request: FastifyRequest, publicUrl: string): ReceivedRequest {
  const { method, headers, originalUrl, body } = request
  return {
    from: request.ip,
    method,
    url: new URL(`${publicUrl}${originalUrl}`),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : value,
      ]),
    ),
    body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
  }
}
