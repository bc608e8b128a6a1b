import { createDatabase } from '@rose-ash/shared/infrastructure/database'
import { importGhost } from './import-ghost.ts'

/** For tests: an import in a process of its own, to be killed. Says every phase on standard output. */
const [url = '', mediaFolder = '', file = ''] = process.argv.slice(2)
await using connection = createDatabase({ url })
await importGhost({
  database: connection.database,
  mediaFolder,
  file,
  log: { info: () => undefined },
  onProgress: ({ phase, processed }) => process.stdout.write(`${phase} ${processed}\n`),
})
