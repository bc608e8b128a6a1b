import { z } from 'zod'

export const itemParams = z.object({ id: z.uuid() })

/** Anything that is not a number becomes one that the cart refuses in words. */
export const quantityBody = z.object({ quantity: z.coerce.number().catch(Number.NaN) })

export const cartQuery = z.object({ removed: z.uuid().optional().catch(undefined) })
