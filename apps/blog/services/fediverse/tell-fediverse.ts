import type { Fediverse } from '@rose-ash/shared/activitypub/fediverse'
import type { EventHandler } from '@rose-ash/shared/events/subscriptions'

/**
 * `blog.tell-fediverse`: what becomes readable here is told to whoever follows, and then what becomes of
 * it. A post that was there before anybody could follow, or came with an import, is no news when it
 * changes.
 */
export function createTellFediverse(
  fediverse: Fediverse,
): EventHandler<'Create' | 'Update' | 'Delete'> {
  return async (transaction, { type, objectType, visibility, objectId }) => {
    const { tellOfArticle } = await import('@rose-ash/shared/activitypub/outbox/tell-of-article')
    const isNews = type === 'Create' && objectType === 'Article' && visibility === 'public'
    await tellOfArticle(transaction, fediverse, { postId: objectId, isNews })
  }
}
