import { createDatabase } from '@rose-ash/shared/infrastructure/database'
import { importGhost } from './import-ghost.ts'

/**
 * For tests and benchmarks: an import in a process of its own, which can be killed and measured. Says
 * every step on standard output, and at the end how much memory it ever had.
 */
async function run([url = '', mediaFolder = '', file = '']: readonly string[]): Promise<void> {
  process.stdout.write('begin 0\n')
  await using connection = createDatabase({ url })
  await importGhost({
    database: connection.database,
    mediaFolder,
    file,
    log: { info: () => undefined },
    onProgress: ({ phase, processed }) => process.stdout.write(`${phase} ${processed}\n`),
  })
  process.stdout.write(`peak ${Math.round(process.resourceUsage().maxRSS / 1024)}\n`)
}

await run(process.argv.slice(2))
