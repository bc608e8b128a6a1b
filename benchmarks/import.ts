import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { finished } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { startPostgres } from '@rose-ash/local/postgres/start'
import { createDatabase } from '@rose-ash/shared/infrastructure/database'
import { migrateDatabase } from '@rose-ash/shared/infrastructure/migrate'

/**
 * The Ghost import, as a process of its own on the embedded PostgreSQL: an export of 209 posts for the
 * first and the second time, and one of 60 MB for its memory. Ghost 6.65 took 5.2 s for 209 posts.
 */
const program = fileURLToPath(
  new URL('../apps/blog/services/ghost/import-process.ts', import.meta.url),
)
const fixture = new URL(
  '../apps/blog/services/ghost/fixtures/ghost-6.65.0-sqlite-export.json',
  import.meta.url,
)

type Row = Record<string, unknown>
const { data, meta } = JSON.parse(readFileSync(fixture, 'utf8')).db[0] as {
  meta: Row
  data: Record<string, Row[]>
}

const folder = await mkdtemp(join(tmpdir(), 'rose-ash-bench-'))
const postgres = await startPostgres({ dataFolder: join(folder, 'postgres') })
try {
  await migrateDatabase({ url: postgres.url })
  await run()
} finally {
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
}

async function run(): Promise<void> {
  const site = await writeExport('site.json', 209)
  const first = await runImport(site)
  const versions = await rowVersions()
  const second = await runImport(site)
  const writtenRows = (await rowVersions()) === versions ? 0 : 1
  const small = await runImport(await writeExport('small.json', 490, 'a'))
  const large = await runImport(await writeExport('large.json', 4930, 'b'))

  process.stdout.write(
    '\n                         seconds         CPU   process   CPU ms a post   peak MB\n',
  )
  line('209 posts', first, 209)
  line('209 posts again', second, 209)
  line('490 posts, 6 MB', small, 490)
  line('4930 posts, 60 MB', large, 4930)
  process.stdout.write('\n')
  must('import-209-seconds', first.seconds, 5)
  must('import-again-seconds', second.seconds, 2)
  must('import-again-written-rows', writtenRows, 0)
  must('last-50-to-first-50', last(first.batchMilliseconds) / (first.batchMilliseconds[0] ?? 1), 1)
  must(
    'last-50-to-median-of-4930',
    last(large.batchMilliseconds) / median(large.batchMilliseconds),
    1.5,
  )
  must('memory-60-mb-to-6-mb', large.peakMegabytes / small.peakMegabytes, 1.5)
}

interface Measured {
  /** As in a server that is running: without loading the program. */
  readonly seconds: number
  /** Of all processors, likewise. Says more than seconds where others are at work. */
  readonly cpuSeconds: number
  /** As by `pnpm import:ghost`. */
  readonly processSeconds: number
  readonly peakMegabytes: number
  /** CPU of full batches of 50 posts. */
  readonly batchMilliseconds: readonly number[]
}

async function runImport(file: string): Promise<Measured> {
  const spawned = performance.now()
  const child = spawn(process.execPath, [program, postgres.url, join(folder, 'media'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const batchMilliseconds: number[] = []
  const begin = { at: spawned, cpu: 0 }
  let peakMegabytes = 0
  let cpuBefore = 0
  for await (const text of createInterface({ input: child.stdout })) {
    const [phase = '', value, cpu] = text.split(' ')
    if (phase === 'begin') Object.assign(begin, { at: performance.now(), cpu: Number(cpu) })
    if (phase === 'posts' && Number(value) % 50 === 0)
      batchMilliseconds.push(Number(cpu) - cpuBefore)
    if (phase === 'peak') peakMegabytes = Number(value)
    cpuBefore = Number(cpu)
  }
  const [code] = await ended
  if (code !== 0) throw new Error('the import failed')
  const ready = performance.now()
  return {
    seconds: (ready - begin.at) / 1000,
    cpuSeconds: (cpuBefore - begin.cpu) / 1000,
    processSeconds: (ready - spawned) / 1000,
    peakMegabytes,
    batchMilliseconds,
  }
}

/** The real site's posts, over and over, with ids of their own. */
async function writeExport(name: string, postCount: number, mark = '9'): Promise<string> {
  const { posts = [], ...rest } = data
  const file = createWriteStream(join(folder, name))
  file.write(`{"db":[{"meta":${JSON.stringify(meta)},"data":{"posts":[`)
  for (let index = 0; index < postCount; index += 1) {
    const post = posts[index % posts.length]
    const id = `${mark}${index.toString(16).padStart(23, '0')}`
    const row = { ...post, id, slug: `${String(post?.['slug'])}-${mark}${index}` }
    const hasRoom = file.write(`${index > 0 ? ',\n' : ''}${JSON.stringify(row)}`)
    if (!hasRoom) await once(file, 'drain')
  }
  file.end(`],${JSON.stringify(rest).slice(1, -1)}}}]}`)
  await finished(file)
  return join(folder, name)
}

/** Changes when any row of content is written. */
async function rowVersions(): Promise<string> {
  await using connection = createDatabase({ url: postgres.url })
  const tables = ['posts', 'tags', 'authors', 'post_tags', 'post_authors', 'redirects', 'media']
  const found = []
  for (const table of tables) {
    const { rows } = await connection.pool.query(`select xmin, ctid from ${table} order by ctid`)
    found.push(rows)
  }
  return JSON.stringify(found)
}

function line(name: string, measured: Measured, postCount: number): void {
  const { seconds, cpuSeconds, processSeconds, peakMegabytes } = measured
  const cells = [
    seconds,
    cpuSeconds,
    processSeconds,
    (cpuSeconds * 1000) / postCount,
    peakMegabytes,
  ]
  const shown = cells.map((value) => value.toFixed(1).padStart(12)).join('')
  process.stdout.write(`  ${name.padEnd(18)}${shown}\n`)
}

function must(name: string, value: number, limit: number): void {
  const isShort = value > limit
  if (isShort) process.exitCode = 1
  const shown = Number(value.toFixed(2))
  process.stdout.write(`must ${name}: ${shown} <= ${limit} ${isShort ? 'short' : 'ok'}\n`)
}

function last(values: readonly number[]): number {
  return values.at(-1) ?? 0
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
