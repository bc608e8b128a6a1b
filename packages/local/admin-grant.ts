import { PlatformError } from '@rose-ash/shared/contracts/errors'
import { createCache } from '@rose-ash/shared/infrastructure/cache/create-cache'
import { createDatabase } from '@rose-ash/shared/infrastructure/database'
import { createLog } from '@rose-ash/shared/infrastructure/log'
import { createAccountService } from '@rose-ash/shared/services/account/account-service'
import { bringUpToDate } from './bring-up-to-date.ts'
import { type CommandOptions, readCommandOptions, UsageError } from './config/env.ts'
import { EmbeddedDatabaseError } from './postgres/errors.ts'
import { parseRolesCommand, type RolesCommand } from './roles/parse-command.ts'
import { runRolesCommand } from './roles/run-command.ts'
import { withDatabase } from './with-database.ts'

/**
 * `pnpm admin:grant <email> [<role>] [--page <slug>] [--revoke]`, or `--list`: who may do what, in the
 * database of DATABASE_URL or in the embedded one.
 */
try {
  const options = readCommandOptions()
  const command = parseRolesCommand(options.words)
  const lines = await withDatabase(options, (url) => run(command, { url, options }))
  process.stdout.write(`${lines.join('\n')}\n`)
} catch (error) {
  const isForPerson =
    error instanceof UsageError ||
    error instanceof EmbeddedDatabaseError ||
    (error instanceof PlatformError && error.status < 500)
  if (!isForPerson) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}

async function run(
  command: RolesCommand,
  { url, options }: { readonly url: string; readonly options: CommandOptions },
): Promise<readonly string[]> {
  await bringUpToDate(url, options)
  const { redisUrl } = options
  const log = createLog({ app: 'account', level: 'silent' })
  await using cache = createCache({ redisUrl, prefix: 'rose-ash', log })
  await using connection = createDatabase({ url, applicationName: 'rose-ash roles', poolSize: 2 })
  const { database } = connection
  const account = createAccountService({ database, cache })
  const lines = await runRolesCommand(command, { database, account })
  if (command.action === 'list') return lines
  const isKnown = redisUrl !== undefined && (await cache.isReady())
  return [
    ...lines,
    isKnown ? 'It counts from the next request.' : 'Running apps know within a minute.',
  ]
}
