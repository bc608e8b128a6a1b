import { randomUUID } from 'node:crypto'

interface ErrorDetails {
  readonly status: number
  /** As Ghost calls it: `NotFoundError`. */
  readonly type: string
  readonly context?: string
  readonly code?: string
}

/** An error that a program is told of in the words of Ghost's API. */
export class ContentApiError extends Error {
  override name = 'ContentApiError'
  readonly details: ErrorDetails

  constructor(message: string, details: ErrorDetails, options?: ErrorOptions) {
    super(message, options)
    this.details = details
  }
}

export function unknownKey(): ContentApiError {
  return new ContentApiError('Unknown Content API Key', {
    status: 401,
    type: 'UnauthorizedError',
    code: 'UNKNOWN_CONTENT_API_KEY',
  })
}

/** `singular` is the resource's: `post`. */
export function notFound(singular: string): ContentApiError {
  const name = singular.charAt(0).toUpperCase() + singular.slice(1)
  return new ContentApiError(`Resource not found error, cannot read ${singular}.`, {
    status: 404,
    type: 'NotFoundError',
    context: `${name} not found.`,
  })
}

export function noSuchResource(): ContentApiError {
  return new ContentApiError('Resource not found', {
    status: 404,
    type: 'NotFoundError',
    context: 'There is no such part of the Content API.',
  })
}

export function badRequest(
  message: string,
  context: string,
  options?: ErrorOptions,
): ContentApiError {
  return new ContentApiError(message, { status: 400, type: 'BadRequestError', context }, options)
}

/** The body of an answer that tells of an error. */
export function errorBody({ message, details }: ContentApiError): object {
  return {
    errors: [
      {
        message,
        context: details.context ?? null,
        type: details.type,
        details: null,
        property: null,
        help: null,
        code: details.code ?? null,
        id: randomUUID(),
        ghostErrorCode: null,
      },
    ],
  }
}
