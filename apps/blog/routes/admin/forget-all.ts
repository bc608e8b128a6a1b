import type { Cache } from '@rose-ash/shared/infrastructure/cache/cache'
import type { onSendAsyncHookHandler } from 'fastify'
import { pageTags } from '../../services/posts/page-tags.ts'

/** After a write that may show on any page: types and relations name and rule what posts show. */
export function createForgetAll(cache: Pick<Cache, 'invalidateTags'>): onSendAsyncHookHandler {
  return async (request, reply, payload) => {
    const isWritten = request.method === 'POST' && reply.statusCode < 400
    if (isWritten) await cache.invalidateTags([pageTags.all])
    return payload
  }
}
