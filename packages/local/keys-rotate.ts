import { ClosedKeysError } from '@rose-ash/federation/oauth/keys/rotate'
import { readCommandOptions, UsageError } from './config/env.ts'
import { runRotateCommand } from './keys/rotate-command.ts'
import { EmbeddedDatabaseError } from './postgres/errors.ts'

/**
 * `pnpm keys:rotate [--now [--revoke]]`: the signing keys in the database of DATABASE_URL and under
 * SECRET_KEY, or in the embedded one and under the secret key of the data folder.
 */
try {
  process.stdout.write(`${await runRotateCommand(readCommandOptions())}\n`)
} catch (error) {
  const isForPerson =
    error instanceof UsageError ||
    error instanceof ClosedKeysError ||
    error instanceof EmbeddedDatabaseError
  if (!isForPerson) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
