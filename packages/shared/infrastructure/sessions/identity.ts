import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Visitor } from '../../contracts/visitor.ts'
import { type CookieJar, createDeviceId } from './cookies.ts'
import type { NewSession, Session, SessionStore } from './session-store.ts'

/** Who the request is from. `request.user` is set for members; the rest is asked for here. */
export interface Identity {
  /** Reads the session, once, at the start of a request. */
  identify(request: FastifyRequest): Promise<void>
  visitorOf(request: FastifyRequest): Visitor
  /** Like `visitorOf`, with a device id in any case: for requests that keep something. */
  ensureVisitor(request: FastifyRequest, reply: FastifyReply): Visitor & { deviceId: string }
  /** The sign-in that the session came from. */
  loginIdOf(request: FastifyRequest): string | undefined
  /** When the member last showed who they are; undefined for strangers. */
  authenticatedAtOf(request: FastifyRequest): Date | undefined
  /** Takes over the device id that the authorization server knows this browser by. */
  adoptDevice(reply: FastifyReply, deviceId: string): void
  /**
   * A fresh session: the id is never one that was there before. False when the sign-in has been ended
   * meanwhile, and there is no session then.
   */
  signIn(request: FastifyRequest, reply: FastifyReply, session: NewSession): Promise<boolean>
  /** Ends this app's session. `services.federation.endLogin` ends all six. */
  signOut(request: FastifyRequest, reply: FastifyReply): Promise<void>
  /** Ends the session that an ID token's `sid` stands for. */
  signOutBySid(sid: string): Promise<void>
}

export function createIdentity(cookies: CookieJar, store: SessionStore): Identity {
  const sessions = new WeakMap<FastifyRequest, Session>()
  const devices = new WeakMap<FastifyRequest, string>()

  const deviceOf = (request: FastifyRequest) => devices.get(request) ?? cookies.readDevice(request)

  return {
    async identify(request) {
      const id = cookies.readSession(request)
      const session = id ? await store.find(id) : undefined
      if (!session) return
      request.user = session.user
      sessions.set(request, session)
    },
    visitorOf: (request) => ({ userId: request.user?.id, deviceId: deviceOf(request) }),
    ensureVisitor(request, reply) {
      const known = deviceOf(request)
      const deviceId = known ?? createDeviceId()
      if (!known) {
        devices.set(request, deviceId)
        cookies.setDevice(reply, deviceId)
      }
      return { userId: request.user?.id, deviceId }
    },
    loginIdOf: (request) => sessions.get(request)?.loginId,
    authenticatedAtOf(request) {
      const at = sessions.get(request)?.authenticatedAt
      return at === undefined ? undefined : new Date(at)
    },
    adoptDevice: (reply, deviceId) => cookies.setDevice(reply, deviceId),
    async signIn(request, reply, session) {
      const before = cookies.readSession(request)
      if (before) await store.close(before)
      const id = await store.open(session)
      if (id) cookies.setSession(reply, id)
      else cookies.clearSession(reply)
      return id !== undefined
    },
    async signOut(request, reply) {
      const id = cookies.readSession(request)
      if (id) await store.close(id)
      cookies.clearSession(reply)
      request.user = undefined
    },
    async signOutBySid(sid) {
      await store.closeBySid(sid)
    },
  }
}
