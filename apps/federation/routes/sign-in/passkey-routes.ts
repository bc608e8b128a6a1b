import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Authentication, PasskeyRefusal } from '../../services/passkeys/authenticate.ts'
import type { Interactions } from './interactions.ts'
import { placeOf } from './schemas.ts'

interface Options {
  readonly interactions: Interactions
  readonly authentication: Authentication
}

/** Every page of signing in asks for options once, and many people may share one network. */
const limits = (max: number) =>
  ({ config: { handshake: 'never', rateLimit: { max, timeWindow: 60_000 } } }) as const

const form = z.object({ credential: z.unknown() })

const refusals: Readonly<Record<PasskeyRefusal, string>> = {
  unknown:
    'This passkey is not known here any more. Have a link sent, and add a new one afterwards.',
  invalid: 'That passkey did not fit, or took too long. Please try again, or have a link sent.',
  cloned: 'Somebody may hold a copy of this passkey. Have a link sent, and remove it afterwards.',
}
const over = 'This page was open for too long. Please start again with “Sign in”.'

/** Signing in with a passkey, by script: the page's form is there for everybody else. */
export async function passkeySignInRoutes(
  app: FastifyInstance,
  { interactions, authentication }: Options,
): Promise<void> {
  app.post('/sign-in/:uid/passkey/options', limits(60), async (request, reply) => {
    const place = placeOf(request, reply)
    if (!(await interactions.isHere(place))) return reply.status(410).send({ error: over })
    return authentication.options(place.uid)
  })

  app.post('/sign-in/:uid/passkey', limits(20), async (request, reply) => {
    const place = placeOf(request, reply)
    if (!(await interactions.isHere(place))) return reply.status(410).send({ error: over })
    const { data } = form.safeParse(request.body)
    const outcome = await authentication.finish(place.uid, data?.credential)
    if ('refused' in outcome) {
      const { refused: reason } = outcome
      request.log[reason === 'cloned' ? 'warn' : 'info']({ reason }, 'a passkey was refused')
      return reply.status(400).send({ error: refusals[reason] })
    }
    return { location: await interactions.signIn(place, outcome.userId, 'passkey') }
  })
}
