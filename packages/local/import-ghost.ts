import { ImportInterruptedError } from '@rose-ash/blog/ghost/import-error'
import { ImportUsageError, parseImportCommand, runImportCommand } from '@rose-ash/blog/import-ghost'
import { readCommandOptions } from './config/env.ts'
import { openDataFolder } from './data-folder.ts'
import { reportFailure } from './report-failure.ts'
import { withDatabase } from './with-database.ts'

/**
 * `pnpm import:ghost <file>` or `--from <site>`: into the database of DATABASE_URL, or into the embedded one. Ends
 * with 0, with 1 when it failed, with 2 when it was typed wrongly, and with 130 when it was interrupted.
 */
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => stop.abort(new ImportInterruptedError()))
}
try {
  const options = readCommandOptions()
  const readKey = async () => options.ghostKey ?? (await readStandardInput())
  const command = await parseImportCommand(options.words, options.typedIn, readKey)
  const { secretKey } = openDataFolder(options.dataFolder, options.mediaFolder)
  await withDatabase(options, (databaseUrl, mediaFolder) =>
    runImportCommand({
      command,
      databaseUrl,
      mediaFolder,
      secretKey: options.secretKey ?? secretKey,
      signal: stop.signal,
      write: (line) => void process.stdout.write(`${line}\n`),
      writeProgress: (line) => void process.stderr.write(`${line}\n`),
    }),
  )
} catch (error) {
  reportFailure(error, {
    usage: ImportUsageError,
    interrupted: ImportInterruptedError,
    unforeseen:
      'The import stopped at something unforeseen. It can be run again and goes on from there.',
  })
}

/** What is piped in; nothing when somebody sits at a terminal. */
async function readStandardInput(): Promise<string> {
  if (process.stdin.isTTY) return ''
  const parts: Buffer[] = []
  for await (const part of process.stdin) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}
