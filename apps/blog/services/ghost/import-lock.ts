import { ConflictError } from '@rose-ash/shared/contracts/errors'
import { sql } from 'drizzle-orm'
import type { Database } from '../../models/index.ts'

/**
 * Holds the source until the session ends, also when the process is killed. Throws ConflictError when
 * another import holds it.
 */
export async function lockSource(session: Database, source: string): Promise<void> {
  const { rows } = await session.execute<{ locked: boolean }>(
    sql`select pg_try_advisory_lock(hashtextextended(${`import ${source}`}, 0)) as locked`,
  )
  if (rows[0]?.locked) return
  throw new ConflictError(
    `Another import of ${source} is running. Please wait until it has finished, then try again.`,
  )
}
