/** An error with a message that may be shown to the person who caused it, when `status` is below 500. */
export class PlatformError extends Error {
  override name = 'PlatformError'
  readonly status: number = 500
}

export class InvalidInputError extends PlatformError {
  override name = 'InvalidInputError'
  override readonly status = 400
}

export class UnauthorizedError extends PlatformError {
  override name = 'UnauthorizedError'
  override readonly status = 401
}

export class ForbiddenError extends PlatformError {
  override name = 'ForbiddenError'
  override readonly status = 403
}

export class NotFoundError extends PlatformError {
  override name = 'NotFoundError'
  override readonly status = 404
}

export class ConflictError extends PlatformError {
  override name = 'ConflictError'
  override readonly status = 409
}

export class TooManyRequestsError extends PlatformError {
  override name = 'TooManyRequestsError'
  override readonly status = 429
}

/** Something that this service depends on does not answer. Trying again later may help. */
export class UnavailableError extends PlatformError {
  override name = 'UnavailableError'
  override readonly status = 503
}
