import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, statSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Account } from './account.ts'
import type { PostgresBinaries } from './binaries.ts'
import { type Cluster, giveTo, pathSeenBy, serverEnvironment } from './cluster.ts'
import { EmbeddedDatabaseError } from './errors.ts'
import { isAlive, isErrorCode } from './make-folder.ts'
import { findCommand, listProcesses } from './processes.ts'

/** A server process that serves a given cluster: started by us, by a neighbour, or left behind. */
export interface RunningServer {
  readonly processId: number
  readonly port: number
}

export interface ServerOptions {
  readonly cluster: Cluster
  readonly account: Account
  readonly binaries: PostgresBinaries
  readonly durable: boolean
  readonly port: number
}

/** A server process that we have started, which may come up or end at once. */
export interface ServerAttempt {
  readonly processId: number | undefined
  /** What it wrote to the log before it ended; undefined while it runs. */
  findLastWords(): string | undefined
}

const maximumLogBytes = 2_000_000

/**
 * Starts PostgreSQL in its own process group, so that Ctrl-C reaches Rose Ash alone, which then
 * stops it in order. It listens on 127.0.0.1 only, with a password; a socket file would need a
 * short path. Its log goes to a file, not a pipe: it must be able to outlive this process.
 */
export async function launchServer(options: ServerOptions): Promise<ServerAttempt> {
  const { cluster, account } = options
  const logFile = getLogFile(cluster)
  const logSize = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0
  const start = logSize > maximumLogBytes ? 0 : logSize
  const log = openSync(logFile, start === 0 ? 'w' : 'a', 0o600)
  await giveTo(account, logFile)
  const child = spawn(
    options.binaries.postgres,
    ['-D', pathSeenBy(account, cluster.data), ...getSettings(options)],
    {
      cwd: cluster.data,
      detached: true,
      env: serverEnvironment,
      stdio: ['ignore', log, log],
      ...account.identity,
    },
  )
  closeSync(log)
  let failure: Error | undefined
  child.once('error', (error) => (failure = error)).unref()
  return {
    processId: child.pid,
    findLastWords: () => {
      if (failure !== undefined) return failure.message
      if (child.exitCode === null && child.signalCode === null) return undefined
      return readFileSync(logFile).subarray(start).toString()
    },
  }
}

/** Where the server writes; for messages that send somebody there. */
export function getLogFile(cluster: Cluster): string {
  return join(cluster.folder, 'server.log')
}

function getSettings({ cluster, durable, port }: ServerOptions): string[] {
  const settings: Record<string, string> = {
    cluster_name: cluster.id,
    listen_addresses: '127.0.0.1',
    port: `${port}`,
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
  }
  const quickAndLost = {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    autovacuum: 'off',
  }
  const all = Object.entries(durable ? settings : { ...settings, ...quickAndLost })
  return all.flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/**
 * The server of this cluster, if one is running. After a crash its note of itself may name a
 * process that is now something else entirely (in a container it usually does); PostgreSQL would
 * refuse to start for that, so such a note is removed.
 */
export async function findServer(cluster: Cluster): Promise<RunningServer | undefined> {
  const note = readNote(cluster)
  if (note === undefined || !isAlive(note.processId)) return undefined
  if (await isServing(cluster, note.processId)) return note
  // A server that is just starting makes its note before it writes into it.
  if (await isStarting(cluster)) return undefined
  // The note is also what keeps a new server from files that the old one's workers still write.
  await endOrphanedWorkers(cluster)
  if (readNote(cluster)?.processId === note.processId) unlinkSync(getNoteFile(cluster))
  return undefined
}

async function isServing(cluster: Cluster, processId: number): Promise<boolean> {
  const command = await findCommand(processId)
  return command !== undefined && serves(command, cluster)
}

async function isStarting(cluster: Cluster): Promise<boolean> {
  return (await listProcesses()).some(({ command }) => serves(command, cluster))
}

function serves(command: string, { id }: Cluster): boolean {
  return command.includes(`cluster_name=${id} `)
}

function readNote(cluster: Cluster): RunningServer | undefined {
  try {
    const [processId, , , port] = readFileSync(getNoteFile(cluster), 'utf8').split('\n')
    // A power cut may leave it empty or garbled; no process has the number 0.
    return { processId: Number(processId) || 0, port: Number(port) }
  } catch (error) {
    if (isErrorCode(error, 'ENOENT')) return undefined
    throw error
  }
}

function getNoteFile(cluster: Cluster): string {
  return join(cluster.data, 'postmaster.pid')
}

/**
 * Ends what a killed server may leave: its workers go on with the query they have, and hold the
 * shared memory that keeps a second server from the same files.
 */
export async function endOrphanedWorkers(cluster: Cluster): Promise<void> {
  const all = await listProcesses()
  const workers = all.filter(({ command }) => command.startsWith(`postgres: ${cluster.id}: `))
  for (const { id } of workers) signal(id, 'SIGKILL')
}

/** Fast shutdown: clients are cut off, everything committed is kept. Resolves when it is gone. */
export async function stopServer(cluster: Cluster, { processId }: RunningServer): Promise<void> {
  signal(processId, 'SIGINT')
  const deadline = Date.now() + 30_000
  while (isAlive(processId) && (await isServing(cluster, processId))) {
    if (Date.now() > deadline) {
      throw new EmbeddedDatabaseError(
        `PostgreSQL (process ${processId}) does not stop. Its log is ${getLogFile(cluster)}.`,
      )
    }
    await delay(5)
  }
}

function signal(processId: number, name: NodeJS.Signals): void {
  try {
    process.kill(processId, name)
  } catch (error) {
    if (!isErrorCode(error, 'ESRCH')) throw error
  }
}
