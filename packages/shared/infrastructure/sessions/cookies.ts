import { createHmac, createSecretKey } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { createSecretId } from '../../secret-ids.ts'
import { isEqualSecret } from '../keys.ts'

// Browsers keep nothing longer. Whether a session still counts, its row says.
const longestSeconds = 400 * 86_400

export interface HostCookies {
  /** The name as the browser knows it. */
  nameOf(name: string): string
  readonly attributes: {
    readonly path: '/'
    readonly httpOnly: true
    readonly secure: boolean
    readonly sameSite: 'lax'
  }
}

/**
 * How this app's cookies are named and set. On https the names carry the `__Host-` prefix (RFC
 * 6265bis), so that no sibling subdomain can set them. On `http://*.localhost` browsers refuse that
 * prefix, and only there it is left out.
 */
export function hostCookies(publicUrl: string): HostCookies {
  const secure = publicUrl.startsWith('https:')
  return {
    nameOf: (name) => (secure ? `__Host-${name}` : name),
    attributes: { path: '/', httpOnly: true, secure, sameSite: 'lax' },
  }
}

/** The two cookies that say who somebody is. */
export interface CookieJar {
  readSession(request: FastifyRequest): string | undefined
  setSession(reply: FastifyReply, id: string): void
  clearSession(reply: FastifyReply): void
  /** The device id, when the cookie is there and was signed by us. */
  readDevice(request: FastifyRequest): string | undefined
  setDevice(reply: FastifyReply, deviceId: string): void
}

export function createCookieJar(options: { publicUrl: string; deviceKey: Buffer }): CookieJar {
  const { nameOf, attributes } = hostCookies(options.publicUrl)
  const names = { session: nameOf('session'), device: nameOf('device') }
  const lasting = { ...attributes, maxAge: longestSeconds }
  const key = createSecretKey(options.deviceKey)
  const sign = (id: string) => createHmac('sha256', key).update(id).digest('base64url')

  return {
    readSession: (request) => request.cookies[names.session],
    setSession: (reply, id) => void reply.setCookie(names.session, id, lasting),
    clearSession: (reply) => void reply.clearCookie(names.session, attributes),
    readDevice(request) {
      const [id, signature] = request.cookies[names.device]?.split('.') ?? []
      return id && signature && isEqualSecret(signature, sign(id)) ? id : undefined
    },
    setDevice: (reply, deviceId) =>
      void reply.setCookie(names.device, `${deviceId}.${sign(deviceId)}`, lasting),
  }
}

/** A device id: 256 random bits. It names a browser, not a person. */
export const createDeviceId = createSecretId
