import type { CartService } from '../../contracts/cart.ts'
import type { Database } from '../../models/database.ts'
import { createServices } from '../registry.ts'

/** The cart on a real database, and the tags of the cache that it has told of changes. */
export function createTestCart(database: Database): {
  readonly cart: CartService
  readonly invalidatedTags: readonly string[]
} {
  const invalidatedTags: string[] = []
  const url = 'http://localhost'
  const { cart } = createServices({
    database,
    cache: {
      invalidateTags: async (tags) => {
        invalidatedTags.push(...tags)
      },
    },
    publicUrls: { blog: url, market: url, events: url, cart: url, account: url, federation: url },
    platformName: 'Rose Ash',
  })
  return { cart, invalidatedTags }
}
