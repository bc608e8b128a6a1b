import type { LocalOptions } from './config/env.ts'
import { openDataFolder } from './data-folder.ts'
import { startPostgres } from './postgres/start.ts'

/** For commands: the database of DATABASE_URL, or the embedded one, started if nobody else has. */
export async function withDatabase<Result>(
  options: LocalOptions,
  work: (url: string, mediaFolder: string) => Promise<Result>,
): Promise<Result> {
  const folder = openDataFolder(options.dataFolder, options.mediaFolder)
  if (options.databaseUrl) return work(options.databaseUrl, folder.media)
  await using postgres = await startPostgres({ dataFolder: folder.postgres })
  // Awaited here, or the database would be stopped before the work has begun.
  return await work(postgres.url, folder.media)
}
