import { migrateDatabase } from '@rose-ash/shared/infrastructure/migrate'
import { readLocalOptions } from './config/env.ts'
import { withDatabase } from './with-database.ts'

/** `pnpm migrate`: brings the database up to date, the one of DATABASE_URL or the embedded one. */
await withDatabase(readLocalOptions(), async (url) => {
  await migrateDatabase({ url })
  process.stdout.write('The database is up to date.\n')
})
