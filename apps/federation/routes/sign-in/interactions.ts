import type { AppName } from '@rose-ash/shared/contracts/apps'
import type { Services } from '@rose-ash/shared/contracts/services'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { errors } from 'oidc-provider'
import { findFirstParty } from '../../oauth/clients.ts'
import type { ProviderSource } from '../../oauth/provider-source.ts'

/** Somebody on the way to an app, who has to say who they are first. */
export interface WaitingInteraction {
  readonly id: string
  readonly app: AppName | undefined
}

export interface Interactions {
  /** The one that this browser began at this address; undefined when it is over or another's. */
  find(request: FastifyRequest, reply: FastifyReply): Promise<WaitingInteraction | undefined>
  /** Who they are is known: signs them in and sends them on. */
  finish(request: FastifyRequest, reply: FastifyReply, email: string): Promise<FastifyReply>
}

export function createInteractions(source: ProviderSource, services: Services): Interactions {
  /** A browser is signed in as one person: another one's sign-in ends, here and at all six apps. */
  async function endOthers(request: FastifyRequest, reply: FastifyReply, userId: string) {
    const provider = await source.get()
    const context = provider.createContext(request.raw, reply.raw)
    const session = await provider.Session.get(context)
    if (session.accountId && session.accountId !== userId) {
      await services.federation.endLogin(session.uid)
    }
  }

  return {
    async find(request, reply) {
      const provider = await source.get()
      try {
        const { uid, params } = await provider.interactionDetails(request.raw, reply.raw)
        const clientId = params['client_id']
        return { id: uid, app: findFirstParty(typeof clientId === 'string' ? clientId : undefined) }
      } catch (error) {
        if (error instanceof errors.SessionNotFound) return undefined
        throw error
      }
    },

    async finish(request, reply, email) {
      const provider = await source.get()
      const user = await services.account.ensureUser(email)
      await endOthers(request, reply, user.id)
      const returnTo = await provider.interactionResult(
        request.raw,
        reply.raw,
        { login: { accountId: user.id, amr: ['email'], remember: true } },
        { mergeWithLastSubmission: false },
      )
      return reply.redirect(returnTo, 303)
    },
  }
}
