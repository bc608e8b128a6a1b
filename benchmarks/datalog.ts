import { createRequire } from 'node:module'
import { measureIdleShare } from './blog/quiet.ts'
import { catalog } from './datalog/catalog.ts'
import { endChildrenAtExit } from './datalog/child.ts'
import { type Options, readOptions } from './datalog/options.ts'
import { findVersion } from './datalog/peers/native.ts'
import { report } from './datalog/report.ts'
import { enoughSeconds, measure } from './datalog/run.ts'
import { seeds } from './datalog/seeds.ts'
import { listMeasurements } from './datalog/tasks.ts'

/**
 * Our engine beside those that JavaScript can call, two that are installed, and yardsticks of plain
 * JavaScript: whole programs at once, and updates one by one. Everything runs in a process of its own, and
 * every answer is compared with a yardstick's.
 */
const start = performance.now()
const options = tryOptions()
if (options) await run(options)

async function run(options: Options): Promise<void> {
  endChildrenAtExit()
  const idleShare = await measureIdleShare()
  const measured = await measure(options)
  describe(options, idleShare)
  const isShort = report(measured, write)
  const problems = listMeasurements(options.peers).flatMap(({ name, question: { peer } }) => {
    const problem = measured.problemOf({ peer, name })
    return problem ? [{ peer, name, problem }] : []
  })
  if (problems.length > 0) write('\n')
  for (const { peer, name, problem } of problems) write(`${peer} on ${name}: ${problem}\n`)
  write(`\nIn ${((performance.now() - start) / 60_000).toFixed(1)} minutes\n`)
  if (isShort || problems.some(({ peer }) => peer.startsWith('ours'))) process.exitCode = 1
}

function describe({ peers, missing, repetitions }: Options, idleShare: number): void {
  const drawn = Object.entries(seeds).map(([name, seed]) => `${name} ${seed}`)
  write(`Node ${process.versions.node}; ${peers.map(nameWithVersion).join(', ')}.
sqlite is node:sqlite, since better-sqlite3 aborts on Node 24.
ours-kept keeps the number of a type's posts by a rule, ours-demand keeps nothing of the goal, and
ours-anew is a new database for each answer, ours-unranked cannot take anything back. "each" is the number of inserts, and of the retracts that
follow them: slow peers do fewer. Before, each gets warm for a second.
Seeds: ${drawn.join(', ')}.
Median of ${repetitions}, or of fewer where those had taken ${enoughSeconds} s.
Before, this machine was ${(idleShare * 100).toFixed(0)} % idle.
`)
  for (const peer of missing) write(`${peer} is not installed, and left out.\n`)
}

function tryOptions(): Options | undefined {
  try {
    return readOptions(process.argv.slice(2))
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
    return undefined
  }
}

function nameWithVersion(peer: string): string {
  const { package: name, command } = catalog[peer]!
  if (command) return `${peer} ${findVersion(command)}`
  if (peer === 'sqlite') return `sqlite ${process.versions['sqlite']}`
  return name ? `${peer} ${versionOf(name)}` : peer
}

function versionOf(name: string): string {
  const { version } = createRequire(import.meta.url)(`${name}/package.json`) as { version: string }
  return version
}

function write(text: string): void {
  process.stdout.write(text)
}
