import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ProviderSource } from './provider-source.ts'

export interface Consents {
  /** Gives the app what the interaction of this page asks for. Returns the grant's id. */
  give(request: FastifyRequest, reply: FastifyReply): Promise<string>
}

export function createConsents(source: ProviderSource): Consents {
  return {
    async give(request, reply) {
      const provider = await source.get()
      const { grantId, params, prompt, session } = await provider.interactionDetails(
        request.raw,
        reply.raw,
      )
      const accountId = session?.accountId
      if (!accountId) throw new Error('Nobody is signed in who could consent.')
      const before = grantId ? await provider.Grant.find(grantId) : undefined
      const grant =
        before ?? new provider.Grant({ accountId, clientId: String(params['client_id']) })
      const scopes = prompt.details['missingOIDCScope'] as string[] | undefined
      if (scopes) grant.addOIDCScope(scopes.join(' '))
      const claims = prompt.details['missingOIDCClaims'] as string[] | undefined
      if (claims) grant.addOIDCClaims(claims)
      return grant.save()
    },
  }
}
