import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAlive } from '@rose-ash/local/postgres/make-folder'
import { startPostgres, stopLeftPostgres } from '@rose-ash/local/postgres/start'
import { migrateDatabase } from '@rose-ash/shared/infrastructure/migrate'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { readTestEnvironment } from './config/env.ts'
import { replaceDatabase, type TestCluster } from './database.ts'

interface Server {
  readonly url: string
  stop(): Promise<void>
}

const folderPrefix = 'rose-ash-test-'

/**
 * Once a run, before the first test file that may need a database: one server, and on it one
 * database that has been migrated and is only ever copied. Vitest calls what is returned at the end.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { databaseUrl } = readTestEnvironment()
  const server =
    databaseUrl === undefined
      ? await startEmbedded()
      : { url: databaseUrl, stop: () => Promise.resolve() }
  try {
    const cluster = { url: server.url, template: `rose_ash_test_${randomBytes(4).toString('hex')}` }
    await makeTemplate(cluster)
    project.provide('testCluster', cluster)
    return async () => {
      for (const name of await findDatabases(server.url, cluster.template)) {
        await run(server.url, `drop database if exists ${name} with (force)`)
      }
      await server.stop()
    }
  } catch (error) {
    await server.stop()
    throw error
  }
}

/** The template and what was made of it: copies that a test left behind, content that was kept. */
async function findDatabases(url: string, prefix: string): Promise<readonly string[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ datname: string }>(
      'select datname from pg_database where starts_with(datname, $1)',
      [prefix],
    )
    return rows.map(({ datname }) => datname)
  } finally {
    await client.end()
  }
}

async function startEmbedded(): Promise<Server> {
  await removeLeftovers()
  const folder = await mkdtemp(join(tmpdir(), `${folderPrefix}${process.pid}-`))
  const server = await startPostgres({ dataFolder: join(folder, 'postgres'), durable: false })
  const stop = async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
  return { url: server.url, stop }
}

/** A run that was killed leaves its server and its files behind. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(folderPrefix)) continue
    if (isAlive(Number.parseInt(name.slice(folderPrefix.length), 10))) continue
    const folder = join(tmpdir(), name)
    await stopLeftPostgres(join(folder, 'postgres'))
    await rm(folder, { recursive: true, force: true })
  }
}

async function makeTemplate({ url, template }: TestCluster): Promise<void> {
  await run(url, `create database ${template}`)
  await migrateDatabase({ url: replaceDatabase(url, template) })
  // PostgreSQL refuses to copy a database that somebody is connected to.
  await run(url, `alter database ${template} allow_connections false`)
}

async function run(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
