import { createDatabase } from '@rose-ash/shared/infrastructure/database'
import { importGhost } from './import-ghost.ts'

/**
 * For tests and benchmarks: an import in a process of its own, which can be killed and measured. Says
 * every step on standard output with the CPU milliseconds used by then, and at the end how much
 * memory it ever had.
 */
async function run([url = '', mediaFolder = '', file = '']: readonly string[]): Promise<void> {
  const say = (what: string) => {
    const { user, system } = process.cpuUsage()
    process.stdout.write(`${what} ${Math.round((user + system) / 1000)}\n`)
  }
  say('begin 0')
  await using connection = createDatabase({ url })
  await importGhost({
    database: connection.database,
    mediaFolder,
    file,
    log: { info: () => undefined },
    onProgress: ({ phase, processed }) => say(`${phase} ${processed}`),
  })
  say(`peak ${Math.round(process.resourceUsage().maxRSS / 1024)}`)
}

await run(process.argv.slice(2))
