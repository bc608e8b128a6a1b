import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { navigationTags } from '../../../services/navigation/rebuild-navigation.ts'

/** Names of tags and authors stand on very many pages, and in menus. */
export const namesChanged = navigationTags

const unclear = 'That is nothing that can be done to groups.'
const id = z.uuid(unclear)
const name = z
  .string(unclear)
  .transform((text) => text.replaceAll(/\s+/g, ' ').trim())
  .pipe(
    z
      .string()
      .min(1, 'Give the group a name.')
      .max(100, 'The name of a group has at most 100 letters.'),
  )
const description = z
  .string()
  .trim()
  .max(300, 'The description of a group has at most 300 letters.')
  .default('')

export const groupForm = z.discriminatedUnion(
  'action',
  [
    z.object({ action: z.literal('create'), name, description }),
    z.object({ action: z.literal('rename'), id, name, description }),
    z.object({ action: z.enum(['up', 'down', 'delete']), id }),
    z.object({ action: z.enum(['tag-up', 'tag-down']), id }),
  ],
  unclear,
)

const params = z.object({ id: z.uuid() })

export function idOf(request: FastifyRequest): string {
  const { data } = params.safeParse(request.params)
  if (!data) throw new NotFoundError('There is nothing at this address.')
  return data.id
}

/** Fields as texts for a form, whatever they are: what was typed is shown again. */
export function textsOf(names: readonly string[], from: unknown): Record<string, string> {
  const fields = typeof from === 'object' && from !== null ? Object.entries(from) : []
  const known = new Map<string, unknown>(fields)
  return Object.fromEntries(
    names.map((field) => {
      const value = known.get(field)
      return [field, typeof value === 'string' ? value : '']
    }),
  )
}
