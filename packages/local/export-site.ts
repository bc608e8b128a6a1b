import { fileURLToPath } from 'node:url'
import {
  ExportUsageError,
  parseExportCommand,
  runExportCommand,
} from '@rose-ash/blog/export/export-command'
import { ExportInterruptedError } from '@rose-ash/blog/export/export-error'
import { loadConfig } from '@rose-ash/shared/infrastructure/config/load'
import { createDatabase } from '@rose-ash/shared/infrastructure/database'
import { bringUpToDate } from './bring-up-to-date.ts'
import { readCommandOptions } from './config/env.ts'
import { openDataFolder } from './data-folder.ts'
import { reportFailure } from './report-failure.ts'
import { withDatabase } from './with-database.ts'

const configFile = fileURLToPath(new URL('../../_config/app-config.yaml', import.meta.url))

/**
 * `pnpm export <file.zip>`: everything that is on the site, from the database of DATABASE_URL or from the embedded
 * one. Ends with 0, with 1 when it failed, with 2 when it was typed wrongly, and with 130 when it was interrupted.
 */
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => stop.abort(new ExportInterruptedError()))
}
try {
  const options = readCommandOptions()
  const command = await parseExportCommand(options.words, options.typedIn)
  const { secretKey } = openDataFolder(options.dataFolder, options.mediaFolder)
  await withDatabase(options, async (databaseUrl, mediaFolder) => {
    await bringUpToDate(databaseUrl, options)
    const environment = {
      DATABASE_URL: databaseUrl,
      SECRET_KEY: options.secretKey ?? secretKey,
      // Asked for by the configuration; nothing is sent from here.
      SMTP_URL: 'smtp://127.0.0.1:25',
    }
    const { platform, publicUrls } = loadConfig({ app: 'blog', file: configFile, environment })
    await using connection = createDatabase({
      url: databaseUrl,
      applicationName: 'rose-ash export',
      poolSize: 2,
    })
    await runExportCommand({
      command,
      database: connection.database,
      mediaFolder,
      site: { title: platform.name, timeZone: platform.timeZone, publicUrls },
      signal: stop.signal,
      write: (line) => void process.stdout.write(`${line}\n`),
      writeProgress: (line) => void process.stderr.write(`${line}\n`),
    })
  })
} catch (error) {
  reportFailure(error, {
    usage: ExportUsageError,
    interrupted: ExportInterruptedError,
    unforeseen: 'The export stopped at something unforeseen, and nothing was kept of it.',
  })
}
