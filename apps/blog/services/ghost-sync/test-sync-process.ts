import { createDatabase } from '@rose-ash/shared/infrastructure/database'
import { createGuardedFetch } from '@rose-ash/shared/infrastructure/outgoing/guarded-fetch'
import { createStoredSecrets } from '@rose-ash/shared/infrastructure/stored-secrets'
import { syncSource } from './sync-source.ts'

/** For tests: a sync in a process of its own, which can be killed. Says every step on standard output. */
async function run([url = '', mediaFolder = '', host = '', sourceId = '']: readonly string[]) {
  await using connection = createDatabase({ url })
  await using outgoing = createGuardedFetch({ privateHosts: [host] })
  await syncSource({
    database: connection.database,
    mediaFolder,
    outgoing,
    secrets: createStoredSecrets(Buffer.alloc(32, 7)),
    log: { info: () => undefined },
    sourceId,
    onProgress: ({ phase, read }) => void process.stdout.write(`${phase} ${read}\n`),
  })
}

await run(process.argv.slice(2))
