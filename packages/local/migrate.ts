import { bringUpToDate } from './bring-up-to-date.ts'
import { readLocalOptions, UsageError } from './config/env.ts'
import { withDatabase } from './with-database.ts'

/** `pnpm migrate`: brings the database up to date, the one of DATABASE_URL or the embedded one. */
const options = readLocalOptions()
try {
  await withDatabase(options, async (url) => {
    await bringUpToDate(url, options)
    process.stdout.write('The database is up to date.\n')
  })
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
