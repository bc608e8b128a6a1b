import { Socket } from 'node:net'
import { Client } from 'pg'
import { isErrorCode } from './make-folder.ts'

/**
 * Everybody who uses a server keeps one connection open with a shared lock on it; PostgreSQL lets
 * go of both when the process ends in whatever way. So the last user to leave knows that it is the
 * last, and stops the server, without a file that could tell of processes long gone.
 */
export interface Membership {
  /** Lends the connection, to the database `postgres`, for a few queries. */
  use<Result>(work: (client: Client) => Promise<Result>): Promise<Result>
  /**
   * Gives up the place. True when nobody else uses the server: then the caller must stop it, and
   * whoever comes meanwhile waits and then starts it again.
   */
  leave(): Promise<boolean>
}

// Any two numbers; the database `postgres` has no other user of advisory locks.
const lockKeys = [7673, 16] as const

/** A port may be somebody else's by now, who takes connections and says nothing. */
const connectMilliseconds = 5_000

/** Resolves to undefined when nothing answers yet, or not any more: try again in a moment. */
export async function findMembership(url: string): Promise<Membership | undefined> {
  const socket = new Socket()
  const client = new Client({
    connectionString: url,
    application_name: 'rose-ash launcher',
    connectionTimeoutMillis: connectMilliseconds,
    stream: () => socket,
  })
  let isConnected = true
  client.on('error', () => (isConnected = false))
  try {
    await client.connect()
    // Waits while the last user is about to stop the server; then the connection breaks.
    await client.query('select pg_advisory_lock_shared($1, $2)', [...lockKeys])
  } catch (error) {
    socket.destroy()
    if (isPassing(error)) return undefined
    throw error
  }
  // At rest the connection must not keep this process running, at work it must.
  socket.unref()
  const use = async <Result>(work: (client: Client) => Promise<Result>) => {
    socket.ref()
    try {
      return await work(client)
    } finally {
      socket.unref()
    }
  }
  return { use, leave: async () => isConnected && use(leave) }
}

async function leave(client: Client): Promise<boolean> {
  try {
    await client.query('select pg_advisory_unlock_shared($1, $2)', [...lockKeys])
    const attempt = 'select pg_try_advisory_lock($1, $2) as is_last'
    const { rows } = await client.query<{ is_last: boolean }>(attempt, [...lockKeys])
    if (rows[0]?.is_last === true) return true
    await client.end()
  } catch (error) {
    // The server has gone, or the one who left last a moment ago is stopping it.
    if (!isPassing(error)) throw error
  }
  return false
}

function isPassing(error: unknown): boolean {
  // 57P01 shutting down by command, 57P02 after a crash, 57P03 not accepting connections now.
  if (isErrorCode(error, 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03'))
    return true
  if (!(error instanceof Error)) return false
  return error.message.startsWith('Connection terminated') || error.message === 'timeout expired'
}
