import type { FastifyInstance } from 'fastify'
import type { JWTVerifyGetKey } from 'jose'
import { z } from 'zod'
import { InvalidInputError } from '../../contracts/errors.ts'
import type { AppConfig } from '../config/schema.ts'
import type { Identity } from '../sessions/identity.ts'
import { backchannelPath } from './client.ts'

const form = z.object({ logout_token: z.string().max(10_000) })

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout'

/** OpenID Connect Back-Channel Logout 1.0, 2.4. A nonce would make it an ID token in disguise. */
const claimsSchema = z.object({
  sid: z.string().min(1),
  jti: z.string().min(1),
  events: z.record(z.string(), z.unknown()).refine((events) => logoutEvent in events),
  nonce: z.never().optional(),
})

/**
 * `/auth/backchannel`: the authorization server tells that a session is over. The rows went with the
 * sign-in already; this makes a process that keeps its own cache forget them at once. Being told
 * twice changes nothing, so a token that is replayed does not matter.
 */
export async function backchannelRoutes(
  app: FastifyInstance,
  {
    config,
    identity,
  }: {
    readonly config: Pick<AppConfig, 'app' | 'publicUrls' | 'internalUrls'>
    readonly identity: Identity
  },
): Promise<void> {
  const keysUrl = new URL(`${config.internalUrls.federation}/oauth/jwks`)
  let keys: JWTVerifyGetKey | undefined
  const expected = {
    issuer: config.publicUrls.federation,
    audience: config.app,
    typ: 'logout+jwt',
    algorithms: ['ES256'],
    maxTokenAge: '5 minutes',
    clockTolerance: '30 seconds',
  }

  async function readSid(token: string): Promise<string> {
    // With the first sign-out, so that a start does not wait for it.
    const { createRemoteJWKSet, errors, jwtVerify } = await import('jose')
    keys ??= createRemoteJWKSet(keysUrl)
    try {
      const { payload } = await jwtVerify(token, keys, expected)
      return claimsSchema.parse(payload).sid
    } catch (error) {
      if (!(error instanceof errors.JOSEError || error instanceof z.ZodError)) throw error
      throw new InvalidInputError('That is not a logout token for this app.', { cause: error })
    }
  }

  const forPrograms = { handshake: 'never', isForMachines: true, rateLimit: false } as const
  app.post(backchannelPath, { config: forPrograms }, async (request, reply) => {
    const { data } = form.safeParse(request.body)
    if (!data) throw new InvalidInputError('The form has no logout_token.')
    await identity.signOutBySid(await readSid(data.logout_token))
    return reply.status(200).header('cache-control', 'no-store').send()
  })
}
