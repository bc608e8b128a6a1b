import { setTimeout as delay } from 'node:timers/promises'
import type { Cluster } from './cluster.ts'
import { EmbeddedDatabaseError } from './errors.ts'
import { findMembership, type Membership } from './membership.ts'
import {
  endOrphanedWorkers,
  findServer,
  getLogFile,
  type RunningServer,
  type ServerAttempt,
} from './server.ts'

export interface Joining {
  readonly cluster: Cluster
  /** Starts a server process; called whenever none is there. */
  readonly launch: () => Promise<ServerAttempt>
  readonly log: (message: string) => void
}

/** A running server, and our place among its users. */
export interface Joined {
  readonly membership: Membership
  readonly server: RunningServer
  readonly reused: boolean
}

const patienceMilliseconds = 30_000
// A big database that was cut off may take a while to put itself in order.
const recoveryMilliseconds = 300_000
const silenceMilliseconds = 3_000

/** Joins the server of this cluster, starting it when nobody has. */
export async function joinServer({ cluster, launch, log }: Joining): Promise<Joined> {
  const start = Date.now()
  let attempt: ServerAttempt | undefined
  let isSilent = true
  while (Date.now() - start < recoveryMilliseconds) {
    const server = await findServer(cluster)
    const membership = server && (await findMembership(getUrl(cluster, server.port, 'postgres')))
    if (server !== undefined && membership !== undefined) {
      return { membership, server, reused: server.processId !== attempt?.processId }
    }
    const lastWords = attempt?.findLastWords()
    if (lastWords !== undefined) {
      attempt = undefined
      await clearWay(cluster, lastWords, Date.now() - start > patienceMilliseconds)
    } else if (server === undefined) {
      attempt ??= await launch()
    }
    if (isSilent && Date.now() - start > silenceMilliseconds) {
      isSilent = false
      log('Waiting for the database, which is putting its files in order.')
    }
    // Each look in vain is a line in the server's log.
    await delay(isSilent ? 10 : 200)
  }
  throw new EmbeddedDatabaseError(`PostgreSQL does not come up. Its log is ${getLogFile(cluster)}.`)
}

/** Where to reach one database of the cluster, as its superuser. */
export function getUrl({ password }: Cluster, port: number, database: string): string {
  return `postgres://app:${password}@127.0.0.1:${port}/${database}`
}

/** Returns when it is worth launching again after a launch has failed; throws when it is not. */
async function clearWay(cluster: Cluster, lastWords: string, isLate: boolean): Promise<void> {
  if (!isLate) {
    // Somebody else was quicker with the files, or with the port; both are looked at afresh.
    if (lastWords.includes('lock file "postmaster.pid" already exists')) return
    if (lastWords.includes('lock file "postmaster.pid" is empty')) return
    if (lastWords.includes('could not create any TCP/IP sockets')) return
    if (lastWords.includes('pre-existing shared memory block')) return endOrphanedWorkers(cluster)
  }
  const said = lastWords.split('\n').filter((line) => /\b(FATAL|PANIC|HINT):/.test(line))
  throw new EmbeddedDatabaseError(
    `PostgreSQL does not start. It says: ${(said.length > 0 ? said.join('\n') : lastWords).trim()} ` +
      `(The whole log is ${getLogFile(cluster)}.)`,
  )
}
