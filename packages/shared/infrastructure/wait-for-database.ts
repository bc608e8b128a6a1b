import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import { migrationsFolder } from './migrate.ts'

export interface WaitOptions {
  readonly url: string | undefined
  /** Then the database must be as new as the migrations of this code, or newer. */
  readonly isMigratedElsewhere: boolean
  /** Default 110: a little less than a container may take to become healthy. */
  readonly timeoutSeconds?: number
  readonly intervalMilliseconds?: number
  /** Told every few seconds what is still missing. Default: standard error. */
  readonly tell?: (sentence: string) => void
}

/** Thrown with the operator's sentence when the time is over. */
export class DatabaseWaitError extends Error {
  override name = 'DatabaseWaitError'
}

const quietTries = 5

/** Returns when a service may start. Throws DatabaseWaitError when that takes too long. */
export async function waitForDatabase(options: WaitOptions): Promise<void> {
  const { url, timeoutSeconds = 110, intervalMilliseconds = 500 } = options
  const tell = options.tell ?? ((sentence) => void process.stderr.write(`${sentence}\n`))
  if (!url) throw new DatabaseWaitError('DATABASE_URL is not set.')
  const wanted = options.isMigratedElsewhere ? newestMigration() : 0

  const deadline = Date.now() + timeoutSeconds * 1000
  for (let tries = 0; ; tries += 1) {
    const missing = await findMissing(url, wanted)
    if (missing === undefined) return
    if (Date.now() + intervalMilliseconds > deadline) {
      throw new DatabaseWaitError(`Waited ${timeoutSeconds} s in vain: ${missing}`)
    }
    if (tries % (4 * quietTries) === quietTries) tell(`Waiting: ${missing}`)
    await delay(intervalMilliseconds)
  }
}

async function findMissing(url: string, wanted: number): Promise<string | undefined> {
  const client = new Client({
    connectionString: url,
    application_name: 'rose-ash wait',
    connectionTimeoutMillis: 3000,
    query_timeout: 3000,
  })
  // Without a listener a connection that breaks would end the process.
  client.on('error', () => {})
  try {
    await client.connect()
    const found = await findMigration(client)
    if (found >= wanted) return undefined
    return 'the database is older than this code; the blog migrates it (RUN_MIGRATIONS=true).'
  } catch (error) {
    return `the database does not answer (${error instanceof Error ? error.message : String(error)}).`
  } finally {
    await client.end().catch(() => {})
  }
}

/** When the newest migration that has run was made, in milliseconds; 0 before the first. */
async function findMigration(client: Client): Promise<number> {
  const table = 'drizzle.__drizzle_migrations'
  const { rows } = await client.query('select to_regclass($1) is not null as exists', [table])
  if (!rows[0].exists) return 0
  const newest = await client.query(`select coalesce(max(created_at), 0) as at from ${table}`)
  return Number(newest.rows[0].at)
}

function newestMigration(): number {
  const journal = JSON.parse(
    readFileSync(join(migrationsFolder, 'meta/_journal.json'), 'utf8'),
  ) as {
    readonly entries: readonly { readonly when: number }[]
  }
  return Math.max(0, ...journal.entries.map(({ when }) => when))
}
