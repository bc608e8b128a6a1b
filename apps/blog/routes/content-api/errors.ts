import { PlatformError } from '@rose-ash/shared/contracts/errors'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { ContentApiError, errorBody } from '../../services/content-api/content-api-error.ts'

/** Logged once; what is not the caller's doing is not shown. */
export async function sendContentError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const shown = toContentError(error)
  const level = shown.details.status >= 500 ? 'error' : 'debug'
  request.log[level]({ err: error }, 'Content API request failed')
  return reply
    .status(shown.details.status)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(errorBody(shown)))
}

function toContentError(error: unknown): ContentApiError {
  if (error instanceof ContentApiError) return error
  const status = statusOf(error)
  if (status >= 500) {
    const message = 'Something went wrong on our side. Please try again in a moment.'
    return new ContentApiError(message, { status, type: 'InternalServerError' })
  }
  const type = status === 404 ? 'NotFoundError' : 'BadRequestError'
  return new ContentApiError((error as Error).message, { status, type })
}

function statusOf(error: unknown): number {
  if (error instanceof PlatformError) return error.status
  if (isUnstorableText(error)) return 400
  return (error as FastifyError).statusCode ?? 500
}

/** A zero byte, for which PostgreSQL has no place (character_not_in_repertoire). */
function isUnstorableText(error: unknown): boolean {
  const { cause } = error as Error
  return typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === '22021'
}
