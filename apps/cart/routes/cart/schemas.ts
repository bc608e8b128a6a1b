import { z } from 'zod'

export const itemParams = z.object({ id: z.uuid() })

/** What is not a whole number becomes one that the cart refuses, in words. */
export const quantityBody = z.object({
  quantity: z
    .string()
    .regex(/^\s*\d{1,9}\s*$/)
    .transform(Number)
    .catch(Number.NaN),
})

export const cartQuery = z.object({ removed: z.uuid().optional().catch(undefined) })
