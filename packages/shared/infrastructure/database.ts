import { drizzle } from 'drizzle-orm/node-postgres'
import { Pool } from 'pg'
import type { Database } from '../models/database.ts'

export interface DatabaseOptions {
  readonly url: string
  /** Shown in `pg_stat_activity`. */
  readonly applicationName?: string
  readonly poolSize?: number
  /** Called when an idle connection breaks, for example when PostgreSQL restarts. */
  readonly onError?: (error: Error) => void
}

/** One app's pool. `close` waits for queries under way. */
export interface DatabaseConnection extends AsyncDisposable {
  readonly url: string
  readonly database: Database
  readonly pool: Pool
  close(): Promise<void>
}

/** Opens nothing until the first query. A statement may take 15 s, waiting for a connection 5 s. */
export function createDatabase(options: DatabaseOptions): DatabaseConnection {
  const pool = new Pool({
    connectionString: options.url,
    application_name: options.applicationName ?? 'rose-ash',
    max: options.poolSize ?? 8,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 15_000,
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
  })
  // Without a listener, a PostgreSQL restart would end the process; the pool replaces the connection.
  pool.on('error', (error) => options.onError?.(error))
  // The pool listens only to idle connections. One that breaks in a transaction, between two queries,
  // would end the process too; whoever holds it learns of it from the next query.
  pool.on('connect', (client) => client.on('error', () => {}))
  const close = () => pool.end()
  return {
    url: options.url,
    database: drizzle({ client: pool, casing: 'snake_case' }),
    pool,
    close,
    [Symbol.asyncDispose]: close,
  }
}
