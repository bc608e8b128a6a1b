import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import type { CurrentUser } from '@rose-ash/shared/contracts/visitor'
import { requirePermission } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'

const params = z.object({ id: z.uuid() })

/** An editor of the whole site, or of this page alone. */
export function requireEditor(request: FastifyRequest): CurrentUser {
  const { data } = params.safeParse(request.params)
  return requirePermission(request, 'posts.edit', data && { type: 'page', id: data.id })
}

/** The id in the address. */
export function editedPost(request: FastifyRequest): string {
  const parsed = params.safeParse(request.params)
  if (!parsed.success) throw new NotFoundError('There is no such post.')
  return parsed.data.id
}
