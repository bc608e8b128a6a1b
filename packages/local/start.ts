import { freeStartMemory } from '@rose-ash/shared/infrastructure/app/start-memory'
import { bringUpToDate } from './bring-up-to-date.ts'
import type { LocalOptions } from './config/env.ts'
import { openDataFolder, removeDataFolder } from './data-folder.ts'
import { loadDemo } from './demo/load.ts'
import type { Platform } from './platform.ts'
import { startPostgres } from './postgres/start.ts'
import { describeStart } from './report.ts'

/** Says something to the person at the terminal. */
export type Say = (text: string) => void

/** The whole of Rose Ash on this machine: database, demo content on the first run, six apps, mailbox. */
export async function startRoseAsh(options: LocalOptions, say: Say): Promise<Platform> {
  await using parts = new AsyncDisposableStack()
  if (options.isFresh) {
    say('Starting over: forgetting what was in the data folder.\n')
    await removeDataFolder(options.dataFolder)
  }
  const folder = openDataFolder(options.dataFolder, options.mediaFolder)
  // The apps are loaded while the database starts.
  const loading = import('./platform.ts')
  const databaseUrl = options.databaseUrl ?? (await startEmbedded(folder.postgres, { parts, say }))
  await bringUpToDate(databaseUrl, options)
  await loadDemo({ databaseUrl, mediaFolder: folder.media, say })

  const { startPlatform } = await loading
  const platform = parts.use(
    await startPlatform({
      databaseUrl,
      redisUrl: options.redisUrl,
      secretKey: folder.secretKey,
      mediaFolder: folder.media,
      mailFolder: folder.mail,
      port: options.port,
      logLevel: options.logLevel,
    }),
  )
  freeStartMemory()
  say(describeStart(platform, options))
  const started = parts.move()
  return { ...platform, [Symbol.asyncDispose]: () => started.disposeAsync() }
}

async function startEmbedded(
  dataFolder: string,
  { parts, say }: { readonly parts: AsyncDisposableStack; readonly say: Say },
): Promise<string> {
  const postgres = parts.use(
    await startPostgres({ dataFolder, log: (message) => say(`${message}\n`) }),
  )
  say(`Database: embedded PostgreSQL ${postgres.version}. DATABASE_URL would override it.\n`)
  return postgres.url
}
