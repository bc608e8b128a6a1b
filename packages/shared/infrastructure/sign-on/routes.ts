import type { FastifyInstance, FastifyRequest } from 'fastify'
import { fastifyPlugin } from 'fastify-plugin'
import { z } from 'zod'
import type { AppDependencies } from '../app/dependencies.ts'
import type { Identity } from '../sessions/identity.ts'
import type { PageRenderer } from '../view/page.ts'
import { backchannelRoutes } from './backchannel.ts'
import { createCallback } from './callback.ts'
import { callbackPath, createSignOnClient } from './client.ts'
import { createDeparture } from './departure.ts'
import { createDeviceAdoption } from './device-adoption.ts'
import { safeNextPath } from './next-path.ts'
import { isPageLoad } from './page-load.ts'
import { createSilentMemory } from './silent-memory.ts'
import { createTransactions } from './transactions.ts'

export interface SignOnOptions extends Pick<
  AppDependencies,
  'config' | 'connection' | 'cache' | 'services' | 'internal'
> {
  readonly identity: Identity
  readonly page: PageRenderer
}

const loginQuery = z.object({
  next: z.string().optional().catch(undefined),
  fresh: z.string().optional().catch(undefined),
})

const neverAsks = { config: { handshake: 'never' } } as const

async function addSignOn(app: FastifyInstance, options: SignOnOptions): Promise<void> {
  const { config, connection, services, internal, identity, page } = options
  const publicUrl = config.publicUrls[config.app]
  const client = createSignOnClient(config)
  const transactions = createTransactions(config)
  const memory = createSilentMemory({ publicUrl, database: connection.database })
  const departure = createDeparture({ config, internal, page, client, transactions })
  const adoptDevice = createDeviceAdoption({ config, services, identity })

  app.addHook('preValidation', async (request, reply) => {
    if (request.user || !isPageLoad(request)) return
    const next = safeNextPath(request.url)
    // An address that cannot be come back to, because it is too long, is simply shown.
    if (next === '/' && request.url !== '/') return
    if (await memory.isSettled(request, identity.visitorOf(request).deviceId)) return
    if (!(await departure.isPossible({ isSilent: true }))) return
    return departure.leave(reply, { next, isSilent: true, isFresh: false })
  })

  app.get('/auth/login', neverAsks, async (request, reply) => {
    const query = loginQuery.parse(request.query)
    const next = safeNextPath(query.next ?? pageBefore(request, publicUrl))
    const isFresh = query.fresh !== undefined && request.user !== undefined
    if (request.user && !isFresh) return reply.redirect(next, 303)
    if (!(await departure.isPossible({ isSilent: false }))) {
      return departure.showUnavailable(request, reply, next)
    }
    return departure.leave(reply, { next, isSilent: false, isFresh })
  })

  app.get(
    callbackPath,
    neverAsks,
    createCallback({ publicUrl, client, transactions, departure, memory, identity, adoptDevice }),
  )

  await app.register(backchannelRoutes, { config, identity })

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

/** Sign-in links stand in fragments that are the same on every page, so they do not say where they are. */
function pageBefore(request: FastifyRequest, publicUrl: string): string {
  const referrer = URL.parse(request.headers.referer ?? '')
  return referrer?.origin === publicUrl ? referrer.pathname + referrer.search : '/'
}

/** `/auth/login`, `/auth/callback`, `/auth/logout`, `/auth/backchannel` and the silent sign-on of page loads. */
export const signOnRoutes = fastifyPlugin(addSignOn, { name: 'sign-on' })
