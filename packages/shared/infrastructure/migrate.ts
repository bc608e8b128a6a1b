import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import { Client } from 'pg'

export const migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url))

/** Any two numbers that nothing else in the platform locks on. */
const lockKeys = [7673, 1] as const

/**
 * Brings the database up to date. Safe to call from any number of processes at once: an advisory
 * lock lets one work while the others wait, and they then find nothing left to do.
 */
export async function migrateDatabase({ url }: { readonly url: string }): Promise<void> {
  const client = new Client({ connectionString: url, application_name: 'rose-ash migrate' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1, $2)', [...lockKeys])
    await migrate(drizzle({ client, casing: 'snake_case' }), { migrationsFolder })
  } finally {
    // Ending the connection releases the lock, also after a failure.
    await client.end()
  }
}
