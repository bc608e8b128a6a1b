import { openDatabaseSession } from '@rose-ash/shared/infrastructure/database-session'
import { sql } from 'drizzle-orm'
import type { Database } from '../../models/index.ts'

/** The site as it is at one moment, however long it is read and whatever is changed meanwhile. */
export interface Snapshot extends AsyncDisposable {
  /** For reading only. */
  readonly database: Database
}

export async function openSnapshot(database: Database): Promise<Snapshot> {
  const session = await openDatabaseSession(database)
  // A long film is copied between two statements.
  await session.database.execute(sql`set idle_in_transaction_session_timeout = 0`)
  await session.database.execute(sql`begin isolation level repeatable read read only`)
  return {
    database: session.database,
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  }
}
