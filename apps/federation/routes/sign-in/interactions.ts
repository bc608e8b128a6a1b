import type { Services } from '@rose-ash/shared/contracts/services'
import type { FastifyReply } from 'fastify'
import { errors } from 'oidc-provider'
import type { ProviderSource } from '../../oauth/provider-source.ts'
import type { Place } from './pages.ts'

/** What the authorization server waits for: somebody on the way to an app, who says who they are. */
export interface Interactions {
  /** Whether this browser began the interaction that the page belongs to, and it is not over. */
  isHere(place: Place): Promise<boolean>
  /** Who they are is known: signs them in and sends them on. */
  finish(place: Place, email: string): Promise<FastifyReply>
}

export function createInteractions(source: ProviderSource, services: Services): Interactions {
  /** A browser is signed in as one person: another one's sign-in ends, here and at all six apps. */
  async function endOthers({ request, reply }: Place, userId: string): Promise<void> {
    const provider = await source.get()
    const context = provider.createContext(request.raw, reply.raw)
    const session = await provider.Session.get(context)
    if (session.accountId && session.accountId !== userId) {
      await services.federation.endLogin(session.uid)
    }
  }

  return {
    async isHere({ request, reply, uid }) {
      const provider = await source.get()
      try {
        const interaction = await provider.interactionDetails(request.raw, reply.raw)
        return interaction.uid === uid
      } catch (error) {
        if (error instanceof errors.SessionNotFound) return false
        throw error
      }
    },

    async finish(place, email) {
      const { request, reply } = place
      const provider = await source.get()
      const user = await services.account.ensureUser(email)
      await endOthers(place, user.id)
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
