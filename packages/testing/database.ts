import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import {
  createDatabase,
  type DatabaseConnection,
  type DatabaseOptions,
} from '@rose-ash/shared/infrastructure/database'
import { Client } from 'pg'
import { inject } from 'vitest'

/** The server of this run and its migrated database, made by `cluster.ts`. */
export interface TestCluster {
  readonly url: string
  readonly template: string
}

declare module 'vitest' {
  interface ProvidedContext {
    readonly testCluster: TestCluster
  }
}

// One copy at a time: PostgreSQL refuses a template that is in use.
const lockKeys = [7673, 17] as const

/**
 * A migrated, empty database of the caller's own, in about 50 ms. `close` (and `await using`) drops
 * it, cutting off whoever is still connected. Usual: one a test file, closed in `afterAll`.
 */
export async function createTestDatabase(
  options: Omit<DatabaseOptions, 'url'> & { readonly content?: TestDatabaseContent } = {},
): Promise<DatabaseConnection> {
  const cluster = inject('testCluster')
  const name = `${cluster.template}_${randomBytes(6).toString('hex')}`
  await withClient(cluster.url, async (client) => {
    await client.query('select pg_advisory_lock($1, $2)', [...lockKeys])
    const template = options.content
      ? await ensureFilled(client, cluster, options.content)
      : cluster.template
    await client.query(`create database ${name} template ${template}`)
  })
  const url = replaceDatabase(cluster.url, name)
  const connection = createDatabase({ applicationName: 'test', ...options, url })
  const close = async () => {
    // A test that has not given a connection back must not hold up the others.
    await Promise.race([connection.close(), delay(1000, undefined, { ref: false })])
    await withClient(cluster.url, (client) =>
      client.query(`drop database if exists ${name} with (force)`),
    )
  }
  return { ...connection, close, [Symbol.asyncDispose]: close }
}

/** Content that costs much to load: the first test file of a run loads it, the others copy it. */
export interface TestDatabaseContent {
  /** Lower-case letters. */
  readonly name: string
  load(url: string): Promise<void>
}

/** Loads into a database of another name first, so that one that was interrupted is never copied. */
async function ensureFilled(
  client: Client,
  cluster: TestCluster,
  content: TestDatabaseContent,
): Promise<string> {
  const filled = `${cluster.template}_${content.name}`
  const found = await client.query('select 1 from pg_database where datname = $1', [filled])
  if (found.rowCount) return filled
  const filling = `${filled}_filling`
  await client.query(`drop database if exists ${filling} with (force)`)
  await client.query(`create database ${filling} template ${cluster.template}`)
  await content.load(replaceDatabase(cluster.url, filling))
  await client.query(`alter database ${filling} rename to ${filled}`)
  return filled
}

/** The address of another database on the same server. */
export function replaceDatabase(url: string, database: string): string {
  const other = new URL(url)
  other.pathname = `/${database}`
  return other.href
}

async function withClient(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    // Also gives the lock back.
    await client.end()
  }
}
