import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import { z } from 'zod'

const slug = z.string().min(1).max(191)

export const placeParams = z.object({ page: slug, market: slug })

/** What a list is narrowed down to. Words that are too long are cut, so that a search never fails. */
const listQuery = z.object({
  q: z
    .string()
    .catch('')
    .transform((words) => words.trim().slice(0, 100)),
  category: z.string().max(191).catch(''),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
})

export type ListQuery = z.output<typeof listQuery>

/** A page that cannot be is an address that does not exist. Throws NotFoundError. */
export function parseListQuery(query: unknown): ListQuery {
  const parsed = listQuery.safeParse(query)
  if (!parsed.success) throw new NotFoundError('There is no such page of this list.')
  return parsed.data
}
