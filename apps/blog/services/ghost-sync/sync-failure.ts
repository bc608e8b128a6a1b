import { PlatformError } from '@rose-ash/shared/contracts/errors'

/** What an editor may read of it; anything unforeseen stays in the log. */
export function sentenceOfFailure(error: unknown): string {
  return error instanceof PlatformError && error.status < 500
    ? error.message
    : 'It stopped at something unforeseen. It is tried again, and goes on from there.'
}
