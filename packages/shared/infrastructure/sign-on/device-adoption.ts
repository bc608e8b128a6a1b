import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AppDependencies } from '../app/dependencies.ts'
import type { Identity } from '../sessions/identity.ts'
import { createHandshake, deviceParameter, type KnownDevice } from './handshake.ts'

export interface DeviceAnswer {
  readonly answer: URLSearchParams
  readonly state: string
  /** When somebody is signed in. */
  readonly userId: string | undefined
}

/**
 * Takes over the device id that the authorization server knows the browser by, and brings along what
 * was kept under the one before. Undefined when the answer tells of no device.
 */
export type AdoptDevice = (
  request: FastifyRequest,
  reply: FastifyReply,
  answer: DeviceAnswer,
) => Promise<KnownDevice | undefined>

export function createDeviceAdoption(
  options: Pick<AppDependencies, 'config' | 'services'> & { readonly identity: Identity },
): AdoptDevice {
  const { config, services, identity } = options
  const handshake = createHandshake(config.secretKey)

  return async (request, reply, { answer, state, userId }) => {
    const sealed = answer.get(deviceParameter)
    const device = sealed ? handshake.open(sealed, { app: config.app, state }) : undefined
    if (!device) return undefined
    const { deviceId } = device
    const before = identity.visitorOf(request).deviceId
    identity.adoptDevice(reply, deviceId)
    if (before && before !== deviceId) {
      try {
        await services.cart.adopt({ deviceId: before }, { userId, deviceId })
      } catch (error) {
        // Signing in matters more; what was in the cart stays under the id of before.
        request.log.error({ err: error }, 'a cart was not adopted')
      }
    }
    return device
  }
}
