import { appNames } from '@rose-ash/shared/contracts/apps'
import { readEmailAddress } from '@rose-ash/shared/contracts/email-address'
import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Place } from './pages.ts'

const placeParams = z.object({ uid: z.string().regex(/^[\w-]{16,64}$/) })
const placeQuery = z.object({ from: z.enum(appNames).optional().catch(undefined) })

/** Throws NotFoundError for what cannot be the address of an interaction. */
export function placeOf(request: FastifyRequest, reply: FastifyReply): Place {
  const params = placeParams.safeParse(request.params)
  if (!params.success) throw new NotFoundError('The address may be mistyped.')
  const { from } = placeQuery.parse(request.query)
  return { request, reply, uid: params.data.uid, app: from }
}

const emailForm = z.object({ email: z.string().max(1000) })

/** `email` is undefined when what was typed is not an address. */
export function emailOf(body: unknown): { typed: string; email: string | undefined } {
  const form = emailForm.safeParse(body)
  const typed = form.success ? form.data.email : ''
  return { typed, email: readEmailAddress(typed) }
}

const tokenHolder = z.object({ token: z.string().regex(/^[\w-]{43}$/) })

export function tokenOf(holder: unknown): string | undefined {
  return tokenHolder.safeParse(holder).data?.token
}

const codeForm = z.object({ code: z.string().max(40) })

/** People type spaces and dashes where they see groups. */
export function codeOf(body: unknown): string {
  return codeForm.safeParse(body).data?.code.replace(/[\s-]/g, '') ?? ''
}

const userForm = z.object({ user: z.uuid() })

export function userOf(body: unknown): string | undefined {
  return userForm.safeParse(body).data?.user
}

/** Keeps the way back in addresses. */
export function fromQuery({ app }: Pick<Place, 'app'>): string {
  return app ? `?from=${app}` : ''
}
