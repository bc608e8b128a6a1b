import { migrateDatabase } from '@rose-ash/shared/infrastructure/migrate'
import { type LocalOptions, UsageError } from './config/env.ts'

/** Migrates. A database that somebody named and that cannot be used is their mistake to mend. */
export async function bringUpToDate(
  url: string,
  { databaseUrl }: Pick<LocalOptions, 'databaseUrl'>,
): Promise<void> {
  try {
    await migrateDatabase({ url })
  } catch (cause) {
    if (databaseUrl === undefined) throw cause
    const { host, pathname } = new URL(databaseUrl)
    throw new UsageError(
      `The database of DATABASE_URL (${host}${pathname}) cannot be used: ${reasonOf(cause)}`,
      { cause },
    )
  }
}

function reasonOf(error: unknown): string {
  const { cause, message } = error as Error
  // Drizzle wraps what PostgreSQL said in the text of a query.
  return cause instanceof Error ? reasonOf(cause) : message
}
