import { and, eq, gt } from 'drizzle-orm'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Database } from '../../models/database.ts'
import { logins } from '../../models/sign-on.ts'
import { hostCookies } from '../sessions/cookies.ts'

/** Remembers, in the browser, that nobody was signed in when this app last asked. */
export interface SilentMemory {
  rememberNo(reply: FastifyReply, lookedAt: number): void
  forget(reply: FastifyReply): void
  /** True for five minutes after a no, unless this device has signed in since. */
  isSettled(request: FastifyRequest, deviceId: string | undefined): Promise<boolean>
}

const keptSeconds = 300

export function createSilentMemory(options: {
  publicUrl: string
  database: Database
}): SilentMemory {
  const { database } = options
  const { nameOf, attributes } = hostCookies(options.publicUrl)
  const name = nameOf('nobody')

  /** Both times are the authorization server's, so a clock that is off makes no difference. */
  async function hasSignedInSince(deviceId: string, lookedAt: Date): Promise<boolean> {
    const [login] = await database
      .select({ id: logins.id })
      .from(logins)
      .where(and(eq(logins.deviceId, deviceId), gt(logins.createdAt, lookedAt)))
      .limit(1)
    return login !== undefined
  }

  return {
    rememberNo: (reply, lookedAt) =>
      void reply.setCookie(name, String(lookedAt), { ...attributes, maxAge: keptSeconds }),
    forget: (reply) => void reply.clearCookie(name, attributes),
    async isSettled(request, deviceId) {
      const value = request.cookies[name]
      if (!value || !/^\d{13}$/.test(value)) return false
      return !deviceId || !(await hasSignedInSince(deviceId, new Date(Number(value))))
    },
  }
}
