import type { CartService } from '@rose-ash/shared/contracts/cart'
import {
  defineFragment,
  type FragmentProvider,
} from '@rose-ash/shared/infrastructure/fragments/routes'
import type { Render } from '@rose-ash/shared/infrastructure/view/templates'
import { z } from 'zod'

interface Options {
  readonly render: Render
  readonly cart: CartService
}

/** Neither of the two: a visitor nothing is kept of, whose cart is empty. */
const parameters = z.object({
  userId: z.uuid().optional(),
  deviceId: z.string().min(1).max(200).optional(),
})

/** The cart in every header, with how many pieces are in it. */
export function createCartMini({ render, cart }: Options): FragmentProvider {
  return defineFragment(parameters, async (visitor) => {
    const { itemCount } = await cart.summary(visitor)
    return render('fragments/cart-mini', { itemCount })
  })
}
