import { fileURLToPath } from 'node:url'
import { createDatabase } from '@rose-ash/shared/infrastructure/database'
import { createLog } from '@rose-ash/shared/infrastructure/log'
import { users } from '@rose-ash/shared/models/accounts'
import { posts } from '@rose-ash/shared/models/blog'
import type { Database } from '@rose-ash/shared/models/database'
import { settings } from '@rose-ash/shared/models/settings'
import { eq } from 'drizzle-orm'
import type { Say } from '../start.ts'
import { loadDemoAccounts } from './load-accounts.ts'
import { loadDemoEvents } from './load-events.ts'
import { loadDemoMarket } from './load-market.ts'

const blogExport = fileURLToPath(new URL('./blog/export.json', import.meta.url))
const markerKey = 'demo-content'

type Marker = { readonly state: 'loading' | 'done' }

/**
 * Fills an empty database with the story of a cooperative, once. A start that was interrupted is
 * taken up again by the next; a database with content of its own is left alone.
 */
export async function loadDemo(options: {
  readonly databaseUrl: string
  readonly mediaFolder: string
  readonly say: Say
}): Promise<void> {
  const { databaseUrl: url, mediaFolder, say } = options
  await using connection = createDatabase({ url, applicationName: 'rose-ash demo', poolSize: 4 })
  const { database } = connection
  if (!(await isWanted(database))) return

  say('First run: loading the demo content.\n')
  // The importer is large; every later start does without it.
  const { importGhost } = await import('@rose-ash/blog/ghost/import-ghost')
  await writeMarker(database, { state: 'loading' })
  await importGhost({
    database,
    mediaFolder,
    file: blogExport,
    siteName: 'demo',
    log: createLog({ app: 'local', level: 'error' }),
  })
  await database.transaction(async (transaction) => {
    await loadDemoAccounts(transaction, mediaFolder)
    await loadDemoMarket(transaction, mediaFolder)
    await loadDemoEvents(transaction, mediaFolder)
  })
  await writeMarker(database, { state: 'done' })
}

async function isWanted(database: Database): Promise<boolean> {
  const [marker] = await database.select().from(settings).where(eq(settings.key, markerKey))
  if (marker) return (marker.value as Marker).state === 'loading'
  const [post] = await database.select({ id: posts.id }).from(posts).limit(1)
  const [user] = await database.select({ id: users.id }).from(users).limit(1)
  return !post && !user
}

async function writeMarker(database: Database, value: Marker): Promise<void> {
  await database
    .insert(settings)
    .values({ key: markerKey, value })
    .onConflictDoUpdate({ target: settings.key, set: { value } })
}
