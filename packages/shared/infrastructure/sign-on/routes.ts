import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { fastifyPlugin } from 'fastify-plugin'
import { InvalidInputError } from '../../contracts/errors.ts'
import type { AppDependencies } from '../app/dependencies.ts'
import { createDeviceId } from '../sessions/cookies.ts'
import type { Identity } from '../sessions/identity.ts'
import { addNotice } from '../sessions/notices.ts'
import type { PageRenderer } from '../view/page.ts'
import { createAvailability } from './availability.ts'
import { callbackPath, createSignOnClient } from './client.ts'
import { createDeviceAdoption } from './device-adoption.ts'
import { markTried, safeNextPath } from './next-path.ts'
import { isPageLoad } from './page-load.ts'
import { createSilentMemory } from './silent-memory.ts'
import { createTransactions, type Transaction } from './transactions.ts'

export interface SignOnOptions
  extends Pick<AppDependencies, 'config' | 'connection' | 'cache' | 'services' | 'internal'> {
  readonly identity: Identity
  readonly page: PageRenderer
}

const neverAsks = { config: { handshake: 'never' } } as const

async function routes(app: FastifyInstance, options: SignOnOptions): Promise<void> {
  const { config, connection, services, internal, identity, page } = options
  const publicUrl = config.publicUrls[config.app]
  const client = createSignOnClient(config)
  const transactions = createTransactions({
    app: config.app,
    publicUrl,
    secretKey: config.secretKey,
  })
  const memory = createSilentMemory({ publicUrl, database: connection.database })
  const availability = createAvailability(`${config.internalUrls.federation}/health`)
  const adoptDevice = createDeviceAdoption({ config, services, identity })

  /** The federation app is its own authorization server, and up when it is asked. */
  async function isServerAvailable(): Promise<boolean> {
    if (config.app === 'federation') return true
    return internal.isAvailable('federation') && (await availability.isAvailable())
  }

  async function leave(reply: FastifyReply, trip: Pick<Transaction, 'next' | 'isSilent'>) {
    const transaction = await transactions.begin(reply, trip)
    const url = await client.authorizationUrl(transaction)
    return reply.header('cache-control', 'no-store').redirect(url, 303)
  }

  const showUnavailable = (request: FastifyRequest, reply: FastifyReply, next: string) =>
    page(request, reply, {
      template: 'pages/sign-on-unavailable',
      title: 'Signing in has to wait',
      isPrivate: true,
      status: 503,
      data: {
        retryUrl: `/auth/login?next=${encodeURIComponent(next)}`,
        onwardUrl: markTried(next),
      },
    })

  app.addHook('preValidation', async (request, reply) => {
    if (request.user || !isPageLoad(request)) return
    if (await memory.isSettled(request, identity.visitorOf(request).deviceId)) return
    if (!(await isServerAvailable())) return
    return leave(reply, { next: safeNextPath(request.url), isSilent: true })
  })

  app.get<{ Querystring: { next?: string } }>('/auth/login', neverAsks, async (request, reply) => {
    const next = safeNextPath(request.query.next ?? pageBefore(request, publicUrl))
    if (request.user) return reply.redirect(next, 303)
    if (!(await isServerAvailable())) return showUnavailable(request, reply, next)
    return leave(reply, { next, isSilent: false })
  })

  app.get(callbackPath, neverAsks, async (request, reply) => {
    void reply.header('cache-control', 'no-store')
    const answer = new URL(request.url, publicUrl).searchParams
    const state = answer.get('state') ?? ''
    const taken = await transactions.take(request, reply, state)
    if (taken.status === 'forged') throw new InvalidInputError(forgedMessage)
    if (taken.status === 'lost') {
      return reply.redirect(taken.isSilent ? markTried(taken.next) : taken.next, 303)
    }

    const { transaction } = taken
    const { next, isSilent } = transaction
    const outcome = await client.finish(answer, transaction, request.id)
    if (outcome.status === 'invalid') throw new InvalidInputError(forgedMessage, outcome)
    const userId = outcome.status === 'signed-in' ? outcome.userId : undefined
    const device = await adoptDevice(request, reply, { answer, state, userId })
    const lookedAt = device?.lookedAt ?? Date.now()

    switch (outcome.status) {
      case 'signed-in': {
        const deviceId = device?.deviceId ?? createDeviceId()
        const { loginId } = outcome
        const isIn = await identity.signIn(request, reply, {
          userId: outcome.userId,
          loginId,
          deviceId,
        })
        if (isIn) memory.forget(reply)
        else memory.rememberNo(reply, lookedAt)
        return reply.redirect(next, 303)
      }
      case 'refused':
        request.log.debug({ reason: outcome.reason, isSilent }, 'nobody signed in')
        if (isSilent) memory.rememberNo(reply, lookedAt)
        else addNotice(reply, { tone: 'warning', text: 'You are not signed in.' })
        return reply.redirect(next, 303)
      case 'failed':
        request.log.warn({ err: outcome.cause, isSilent }, 'a sign-in could not be finished')
        if (!isSilent) return showUnavailable(request, reply, next)
        memory.rememberNo(reply, lookedAt)
        return reply.redirect(next, 303)
    }
  })

  app.post('/auth/logout', neverAsks, async (request, reply) => {
    const loginId = identity.loginIdOf(request)
    const { deviceId } = identity.visitorOf(request)
    await identity.signOut(request, reply)
    if (loginId) await services.federation.endLogin(loginId)
    // A page from before: its session is gone, and whoever presses the button means this device.
    else if (deviceId) await services.federation.endDeviceLogins(deviceId)
    // Never to a page that needs a member: it would lead straight back in.
    return reply.redirect(`${config.publicUrls.blog}/`, 303)
  })
}

const forgedMessage =
  'This is not the end of a sign-in that began here. Please start again with “Sign in”.'

/** Sign-in buttons stand on pages that may be cached for everybody, so they do not say where they are. */
function pageBefore(request: FastifyRequest, publicUrl: string): string {
  const referrer = URL.parse(request.headers.referer ?? '')
  return referrer?.origin === publicUrl ? referrer.pathname + referrer.search : '/'
}

/** `/auth/login`, `/auth/callback`, `/auth/logout` and the silent sign-on of page loads. */
export const signOnRoutes = fastifyPlugin(routes, { name: 'sign-on' })
