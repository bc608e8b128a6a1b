/** The embedded database cannot run; the message is written for the person at the terminal. */
export class EmbeddedDatabaseError extends Error {
  override readonly name = 'EmbeddedDatabaseError'
}

/** What to do where the embedded database cannot run; ends every such message. */
export const useOwnDatabase =
  'Set DATABASE_URL to a PostgreSQL 16 database instead, for example ' +
  'postgres://user:password@localhost:5432/rose_ash.'
