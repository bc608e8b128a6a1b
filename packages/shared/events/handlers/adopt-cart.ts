import { visitorTag } from '../../contracts/visitor.ts'
import type { Cache } from '../../infrastructure/cache/cache.ts'
import { adoptItems } from '../../services/cart/adopt.ts'
import type { EventHandler } from '../subscriptions.ts'

/**
 * `cart.adopt-on-sign-in`: what was put into the cart before signing in is the member's afterwards.
 * The cache is told just before the commit, so a page asked for in between may show the old count
 * for the ten seconds that `cart-mini` is kept.
 */
export function createAdoptCart(cache: Pick<Cache, 'invalidateTags'>): EventHandler<'SignIn'> {
  return async (transaction, { payload: { userId, deviceId } }) => {
    await adoptItems(transaction, { deviceId }, { userId })
    const tags = [visitorTag({ deviceId }), visitorTag({ userId })]
    await cache.invalidateTags(tags.filter((tag) => tag !== undefined))
  }
}
