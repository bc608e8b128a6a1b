import { z } from 'zod'

const slug = z.string().min(1).max(191)

export const productParams = z.object({ page: slug, market: slug, product: slug })

/** An empty field means one; what is not a quantity is told of by the cart. */
export const addBody = z.object({
  quantity: z.union([z.literal('').transform(() => 1), z.coerce.number()]).default(1),
})
