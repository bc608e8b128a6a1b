import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AppDependencies } from '../app/dependencies.ts'
import type { PageRenderer } from '../view/page.ts'
import { createAvailability } from './availability.ts'
import type { SignOnClient } from './client.ts'
import { markTried } from './next-path.ts'
import type { Transactions, Trip } from './transactions.ts'

/** The way to the authorization server, and what there is instead when it does not answer. */
export interface Departure {
  isPossible(trip: Pick<Trip, 'isSilent'>): Promise<boolean>
  leave(reply: FastifyReply, trip: Trip): Promise<FastifyReply>
  /** A page with a way on. */
  showUnavailable(request: FastifyRequest, reply: FastifyReply, next: string): Promise<FastifyReply>
}

export function createDeparture(
  options: Pick<AppDependencies, 'config' | 'internal'> & {
    readonly page: PageRenderer
    readonly client: SignOnClient
    readonly transactions: Transactions
  },
): Departure {
  const { config, internal, page, client, transactions } = options
  const availability = createAvailability(`${config.internalUrls.federation}/health`)

  return {
    async isPossible({ isSilent }) {
      // The federation app is its own authorization server, and up when it is asked.
      if (config.app === 'federation') return true
      if (!isSilent) return availability.isAnswering()
      return internal.isAvailable('federation') && (await availability.isQuick())
    },
    async leave(reply, trip) {
      const transaction = transactions.begin(reply, trip)
      const url = await client.authorizationUrl(transaction)
      return reply.header('cache-control', 'no-store').redirect(url, 303)
    },
    showUnavailable: (request, reply, next) =>
      page(request, reply, {
        template: 'pages/sign-on-unavailable',
        title: 'Signing in has to wait',
        isPrivate: true,
        status: 503,
        data: {
          retryUrl: `/auth/login?next=${encodeURIComponent(next)}`,
          onwardUrl: markTried(next),
        },
      }),
  }
}
