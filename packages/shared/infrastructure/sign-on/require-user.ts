import type { FastifyRequest } from 'fastify'
import type { Container } from '../../contracts/container.ts'
import { ForbiddenError, UnauthorizedError } from '../../contracts/errors.ts'
import { may, type Permission } from '../../contracts/permissions.ts'
import type { CurrentUser } from '../../contracts/visitor.ts'
import type { Identity } from '../sessions/identity.ts'
import { freshSeconds } from './client.ts'

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
  throw new SignInNeededError(signInPath(request))
}

function signInPath(request: FastifyRequest, more = ''): string | undefined {
  const isPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
  return isPage ? `/auth/login?next=${encodeURIComponent(request.url)}${more}` : undefined
}

/**
 * A member who has shown within the last five minutes who they are: for what a passer-by at an
 * unlocked computer must not change. Others are led to a fresh sign-in and back when they open a page,
 * and get 401 otherwise.
 */
export function requireFreshSignIn(request: FastifyRequest, identity: Identity): CurrentUser {
  const user = requireUser(request)
  const at = identity.authenticatedAtOf(request)?.getTime() ?? 0
  if (Date.now() - at <= freshSeconds * 1000) return user
  throw new SignInNeededError(signInPath(request, '&fresh=1'))
}

/**
 * A member who may do this, on the whole site or in the container. Strangers as in `requireUser`;
 * other members get 403.
 */
export function requirePermission(
  request: FastifyRequest,
  permission: Permission,
  container?: Container,
): CurrentUser {
  const user = requireUser(request)
  if (may(user.roles, permission, container)) return user
  throw new ForbiddenError('This part is for people who look after the site.')
}
