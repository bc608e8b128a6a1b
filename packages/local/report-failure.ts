import { PlatformError } from '@rose-ash/shared/contracts/errors'
import { UsageError } from './config/env.ts'
import { EmbeddedDatabaseError } from './postgres/errors.ts'

type ErrorClass = abstract new (...given: never[]) => Error

/**
 * Tells why a command ended: in its sentence where that is for whoever typed it, and otherwise with all that is
 * known. The process ends with 130 when it was interrupted, with 2 when it was typed wrongly, and else with 1.
 */
export function reportFailure(
  error: unknown,
  kinds: {
    readonly usage: ErrorClass
    readonly interrupted: ErrorClass
    /** Said before what nobody foresaw. */
    readonly unforeseen: string
  },
): void {
  process.stderr.write(`${sentenceOf(error, kinds)}\n`)
  if (error instanceof kinds.interrupted) process.exitCode = 130
  else process.exitCode = error instanceof kinds.usage ? 2 : 1
}

function sentenceOf(
  error: unknown,
  { usage, interrupted, unforeseen }: Parameters<typeof reportFailure>[1],
): string {
  const isForPerson =
    error instanceof usage ||
    error instanceof interrupted ||
    error instanceof UsageError ||
    error instanceof EmbeddedDatabaseError ||
    (error instanceof PlatformError && error.status < 500)
  if (isForPerson) return error.message
  return `${unforeseen}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
}
