import { drizzle } from 'drizzle-orm/node-postgres'
import type { Pool } from 'pg'
import type { Database } from '../models/database.ts'

/**
 * One connection for a long piece of work, with what PostgreSQL keeps for a connection: advisory
 * locks, temporary tables, settings. All of it ends with the session, also when the process dies.
 */
export interface DatabaseSession extends AsyncDisposable {
  /** Statements run one after the other, on the one connection. */
  readonly database: Database
}

/** Takes a connection out of the pool for as long as the session lasts, without a statement timeout. */
export async function openDatabaseSession(database: Database): Promise<DatabaseSession> {
  const { $client: pool } = database as Database & { readonly $client: Pool }
  const client = await pool.connect()
  // A connection that breaks while nobody asks it anything must not end the process.
  client.on('error', () => undefined)
  await client.query('set statement_timeout = 0')
  return {
    database: drizzle({ client, casing: 'snake_case' }),
    async [Symbol.asyncDispose]() {
      // The server may learn of the end of a connection late; who comes next should not be refused for that.
      await client.query('select pg_advisory_unlock_all()').catch(() => undefined)
      client.release(true)
    },
  }
}
