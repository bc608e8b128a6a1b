import { ImportInterruptedError } from '@rose-ash/blog/ghost/import-error'
import { ImportUsageError, parseImportCommand, runImportCommand } from '@rose-ash/blog/import-ghost'
import { PlatformError } from '@rose-ash/shared/contracts/errors'
import { readCommandOptions } from './config/env.ts'
import { EmbeddedDatabaseError } from './postgres/errors.ts'
import { withDatabase } from './with-database.ts'

/** `pnpm import:ghost <file>`: into the database of DATABASE_URL, or into the embedded one. */
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => stop.abort(new ImportInterruptedError()))
}
try {
  const options = readCommandOptions()
  const command = await parseImportCommand(options.words, options.typedIn)
  await withDatabase(options, (databaseUrl, mediaFolder) =>
    runImportCommand({
      ...command,
      databaseUrl,
      mediaFolder,
      signal: stop.signal,
      write: (line) => void process.stdout.write(`${line}\n`),
      writeProgress: (line) => void process.stderr.write(`${line}\n`),
    }),
  )
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`)
  process.exitCode = 1
}

function sentenceOf(error: unknown): string {
  const isForPerson =
    error instanceof ImportUsageError ||
    error instanceof EmbeddedDatabaseError ||
    (error instanceof PlatformError && error.status < 500)
  if (isForPerson) return error.message
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `The import stopped at something unforeseen. It can be run again and goes on from there.\n${detail}`
}
