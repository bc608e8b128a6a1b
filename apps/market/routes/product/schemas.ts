import { z } from 'zod'

const slug = z.string().min(1).max(191)

export const productParams = z.object({ page: slug, market: slug, product: slug })

/** What is not a whole number becomes one that the cart refuses, in words. */
export const addBody = z.object({
  quantity: z
    .string()
    .regex(/^\s*\d{1,9}\s*$/)
    .default('1')
    .transform(Number)
    .catch(Number.NaN),
})
