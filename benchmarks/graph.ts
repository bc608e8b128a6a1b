import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type LocalPostgres, startPostgres } from '@rose-ash/local/postgres/start'
import { measureIdleShare } from './blog/quiet.ts'
import { seeds } from './graph/content.ts'
import { createFilledDatabase, type FilledDatabase } from './graph/databases.ts'
import { measureMapWrites, measureSaturations, measureStore } from './graph/measure.ts'
import { type Options, readOptions } from './graph/options.ts'
import { reportGoals, reportStore, type StoreReport } from './graph/report.ts'

/**
 * `pnpm bench graph [--sizes 1000,10000] [--stores memory] [--operations N]`: an edge of the post graph written
 * and in all views, with ever more edges, in memory and on the embedded PostgreSQL; beside it the two designs
 * that the graph had before: everything worked out anew for each write, and a walk over the edges for each read; and
 * JavaScript's own maps, which show how much of the time is the processor's memory.
 */
const start = performance.now()
const options = tryOptions()
if (options) await run(options)

async function run(options: Options): Promise<void> {
  const { sizes, stores } = options
  const idleShare = await measureIdleShare()
  const saturations = await measureSaturations(sizes)
  const mapWrites = await measureMapWrites(sizes, options.operations.memory)
  const reports: StoreReport[] = []
  let version = ''
  for (const store of stores) {
    const measure = (databases: ReadonlyMap<number, FilledDatabase>) =>
      measureStore({ store, sizes, operations: options.operations[store], databases })
    const measured = await (store === 'memory'
      ? measure(new Map())
      : withPostgres(async (postgres) => {
          ;({ version } = postgres)
          const databases = new Map<number, FilledDatabase>()
          for (const size of sizes)
            databases.set(size, await createFilledDatabase(postgres.url, size))
          return measure(databases)
        }))
    reports.push({ store, measured, saturations, mapWrites })
  }
  describe(options, version, idleShare)
  for (const report of reports) reportStore(report, write)
  const isShort = reportGoals(reports, write)
  write(`\nIn ${((performance.now() - start) / 60_000).toFixed(1)} minutes\n`)
  if (isShort) process.exitCode = 1
}

async function withPostgres<Result>(
  work: (postgres: LocalPostgres) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'rose-ash-bench-'))
  const postgres = await startPostgres({ dataFolder: join(folder, 'postgres') })
  try {
    return await work(postgres)
  } finally {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

function describe({ operations, stores }: Options, version: string, idleShare: number): void {
  const processors = cpus()
  const drawn = Object.entries(seeds).map(([name, seed]) => `${name} ${seed}`)
  const counts = stores.map((store) => `${operations[store]} (${store})`)
  write(`Node ${process.versions.node}${version && `, PostgreSQL ${version}`}; \
${processors.length} x ${processors[0]?.model}.
A post has three types of 50, a tag, and every second one a related post. Each operation adds a fourth type to a
post drawn from all of them, waits for the views, and takes it away again: ${counts.join(', ')}.
In memory, three processes have each graph, and the figures are of all their operations.
Seeds: ${drawn.join(', ')}.
Before, this machine was ${(idleShare * 100).toFixed(0)} % idle.
`)
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

function write(text: string): void {
  process.stdout.write(text)
}
