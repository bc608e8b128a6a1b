import type { FastifyRequest } from 'fastify'
import { ForbiddenError, UnauthorizedError } from '../../contracts/errors.ts'
import type { CurrentUser } from '../../contracts/visitor.ts'

/** Somebody has to sign in first. `signInPath` leads there and back; undefined where a page cannot. */
export class SignInNeededError extends UnauthorizedError {
  override name = 'SignInNeededError'
  readonly signInPath: string | undefined

  constructor(signInPath: string | undefined) {
    super('Please sign in first.')
    this.signInPath = signInPath
  }
}

/**
 * The member who is asking. Everybody else is led to the sign-in page and back when they open a page,
 * and gets 401 otherwise.
 */
export function requireUser(request: FastifyRequest): CurrentUser {
  if (request.user) return request.user
  const isPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
  throw new SignInNeededError(
    isPage ? `/auth/login?next=${encodeURIComponent(request.url)}` : undefined,
  )
}

/** A member with one of these roles. Strangers as in `requireUser`; other members get 403. */
export function requireRole(request: FastifyRequest, ...roles: readonly string[]): CurrentUser {
  const user = requireUser(request)
  if (roles.some((role) => user.roles.includes(role))) return user
  throw new ForbiddenError('This part is for people who look after the site.')
}
