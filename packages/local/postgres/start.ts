import { resolve } from 'node:path'
import type { Client } from 'pg'
import { chooseAccount } from './account.ts'
import { prepareBinaries } from './binaries.ts'
import { type Cluster, findCluster, openCluster } from './cluster.ts'
import { EmbeddedDatabaseError } from './errors.ts'
import { getUrl, type Joined, joinServer } from './join.ts'
import { isErrorCode } from './make-folder.ts'
import { findFreePort, readRememberedPort, rememberPort } from './port.ts'
import { findServer, getLogFile, launchServer, stopServer } from './server.ts'

export interface PostgresOptions {
  /** Made when missing; everything is kept in it. */
  readonly dataFolder: string
  /** False for tests: quicker, and a power cut may leave nothing usable. Default true. */
  readonly durable?: boolean
  /** A loopback port to insist on. Default: that of last time, else any free one. */
  readonly port?: number
  /** Told in one sentence of what takes time. */
  readonly log?: (message: string) => void
}

/** PostgreSQL 16 on this machine, reached as its superuser. */
export interface LocalPostgres extends AsyncDisposable {
  /** With user and password, of the database `rose_ash`. Other databases are reached likewise. */
  readonly url: string
  /** For example `16.14`. */
  readonly version: string
  /** The server was running already: another process uses it, or one that was killed left it. */
  readonly reused: boolean
  readonly processId: number
  readonly logFile: string
  /** Resolves when the server has ended, or at once when somebody else still uses it. */
  stop(): Promise<void>
}

const databaseName = 'rose_ash'

/**
 * Starts the PostgreSQL that comes with Rose Ash, or joins the one that already serves this
 * folder. Any number of processes may do so at once: one starts it, all use it, the last to stop
 * stops it. A process that dies without stopping leaves the server running for the next start.
 * Throws `EmbeddedDatabaseError` with a sentence for the person at the terminal.
 */
export async function startPostgres(options: PostgresOptions): Promise<LocalPostgres> {
  const { durable = true, log = () => undefined } = options
  const dataFolder = resolve(options.dataFolder)
  const account = await chooseAccount(dataFolder)
  const binaries = await prepareBinaries(account)
  const cluster = await openCluster({ dataFolder, durable, account, binaries, log })
  const launch = async () =>
    launchServer({ cluster, account, binaries, durable, port: await choosePort(cluster, options) })
  const joined = await joinServer({ cluster, launch, log })
  await rememberPort(cluster.folder, joined.server.port)
  const version = await joined.membership.use(openDatabase)
  return createHandle(cluster, joined, version)
}

/**
 * Stops the server of a folder that is about to be thrown away, whoever uses it. Does nothing when
 * there is none.
 */
export async function stopLeftPostgres(dataFolder: string): Promise<void> {
  const cluster = await findCluster(resolve(dataFolder))
  const server = cluster && (await findServer(cluster))
  if (cluster !== undefined && server !== undefined) await stopServer(cluster, server)
}

async function choosePort(cluster: Cluster, { port }: PostgresOptions): Promise<number> {
  const found = await findFreePort(port ?? readRememberedPort(cluster.folder))
  if (port === undefined || found === port) return found
  throw new EmbeddedDatabaseError(`Port ${port} is taken, so PostgreSQL cannot listen there.`)
}

/** Makes the database if need be, and returns the server's version. */
async function openDatabase(client: Client): Promise<string> {
  const { rows } = await client.query<{ version: string; is_missing: boolean }>(
    `select current_setting('server_version') as version,
            not exists (select from pg_database where datname = $1) as is_missing`,
    [databaseName],
  )
  if (rows[0]?.is_missing === true) {
    await client.query(`create database ${databaseName}`).catch((error: unknown) => {
      // Another process has just made it.
      if (!isErrorCode(error, '42P04', '23505')) throw error
    })
  }
  return rows[0]?.version ?? ''
}

function createHandle(
  cluster: Cluster,
  { membership, server, reused }: Joined,
  version: string,
): LocalPostgres {
  let stopping: Promise<void> | undefined
  const stop = async () => {
    if (await membership.leave()) await stopServer(cluster, server)
  }
  const stopOnce = () => (stopping ??= stop())
  return {
    url: getUrl(cluster, server.port, databaseName),
    version,
    reused,
    processId: server.processId,
    logFile: getLogFile(cluster),
    stop: stopOnce,
    [Symbol.asyncDispose]: stopOnce,
  }
}
