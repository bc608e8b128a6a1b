import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startPostgres } from '@rose-ash/local/postgres/start'
import { migrateDatabase } from '@rose-ash/shared/infrastructure/migrate'
import { createContent, postCount, postPaths } from './pages/content.ts'
import { measureIdleShare } from './pages/quiet.ts'
import { measureIdleBlog } from './pages/service.ts'
import { type Load, type LoadOptions, type Side, startSide } from './pages/side.ts'

/**
 * The blog's home and its posts as a stranger sees them, composed with all their fragments: six apps
 * in one process on the embedded PostgreSQL, against the same bytes from Fastify and Handlebars alone.
 * Nothing is kept of a page: ten visitors who ask for the same at the same time share one query.
 */
const warmUpSeconds = 3
const seconds = 8
const posts = { path: postPaths[100]!, expected: '<h1>Story 100</h1>' }
const pages = [
  { name: 'home', path: '/', paths: ['/'], expected: 'Story 11<', bar: 1500 },
  { name: 'post', ...posts, paths: [posts.path], bar: 2000 },
  { name: 'posts-in-turn', ...posts, paths: postPaths, bar: 1000 },
] as const

const folder = await mkdtemp(join(tmpdir(), 'rose-ash-bench-'))
const postgres = await startPostgres({ dataFolder: join(folder, 'postgres') })
try {
  await migrateDatabase({ url: postgres.url })
  await createContent(postgres.url)
  await run()
} finally {
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
}

async function run(): Promise<void> {
  const idleShare = await measureIdleShare()
  const service = await measureIdleBlog({ databaseUrl: postgres.url, folder })
  const spawned = performance.now()
  await using platform = await startSide({
    start: 'platform',
    databaseUrl: postgres.url,
    folder,
  })
  const html = await Promise.all(pages.map(({ path, expected }) => platform.read(path, expected)))
  const startSeconds = (performance.now() - spawned) / 1000
  await delay(2000)
  const idle = await platform.usage()
  await using bare = await startSide({
    start: 'bare',
    pages: pages.slice(0, 2).map(({ path }, index) => ({ path, html: html[index]! })),
  })

  write(`\n${postCount} posts; 10 connections, ${seconds} s each; `)
  write(`before, this machine was ${(idleShare * 100).toFixed(0)} % idle\n`)
  write('                              req/s    p50 ms    p99 ms  CPU ms/req        KB\n')
  const bars: (() => void)[] = []
  for (const [index, { name, path, paths, expected, bar }] of pages.entries()) {
    const kilobytes = html[index]!.length / 1024
    const ours = await measure(platform, { paths, expected })
    row(`${name}, Rose Ash`, ours, kilobytes)
    const bound = await measure(bare, { paths: [path], expected })
    row(`${name}, bare`, bound, kilobytes)
    const ratio = ours.cpuMillisecondsPerRequest / bound.cpuMillisecondsPerRequest
    bars.push(() => {
      judgeLeast('must', `${name}-requests-per-second`, [ours.requestsPerSecond, bar])
      judgeMost('must', `${name}-p99-milliseconds`, [ours.p99Milliseconds, 25])
      judgeMost('stretch', `${name}-cpu-to-bare`, [ratio, 10])
    })
  }
  const { path, expected } = pages[0]
  const compressed = await measure(platform, { paths: [path], expected, isCompressed: true })
  row('home, Rose Ash, brotli', compressed, html[0]!.length / 1024)
  const loaded = await platform.usage()
  write(`\nMemory of all six apps: ${idle.rssMegabytes.toFixed(0)} MB idle, `)
  write(`${loaded.rssMegabytes.toFixed(0)} MB after the load\n\n`)

  for (const judgeBars of bars) judgeBars()
  judgeMost('must', 'start-of-all-six-seconds', [startSeconds, 3])
  judgeMost('stretch', 'idle-megabytes-of-all-six', [idle.rssMegabytes, 250])
  judgeMost('must', 'start-of-one-service-seconds', [service.startSeconds, 2])
  judgeMost('must', 'idle-megabytes-of-one-service', [service.rssMegabytes, 150])
}

async function measure(
  side: Side,
  { expected, ...options }: Omit<LoadOptions, 'seconds'> & { readonly expected: string },
): Promise<Load> {
  const path = options.paths.find((each) => each === posts.path) ?? options.paths[0]!
  await side.read(path, expected)
  await side.load({ ...options, seconds: warmUpSeconds })
  const load = await side.load({ ...options, seconds })
  await side.read(path, expected)
  return load
}

function row(name: string, load: Load, kilobytes: number): void {
  const cells = [
    load.requestsPerSecond.toFixed(0),
    load.medianMilliseconds.toFixed(1),
    load.p99Milliseconds.toFixed(1),
    load.cpuMillisecondsPerRequest.toFixed(3),
    kilobytes.toFixed(1),
  ]
  write(`  ${name.padEnd(24)}${cells.map((cell) => cell.padStart(10)).join('')}\n`)
}

type Kind = 'must' | 'stretch'

type Judged = readonly [value: number, bar: number]

function judgeLeast(kind: Kind, name: string, [value, bar]: Judged): void {
  judge(kind, `${name}: ${value.toFixed(0)} >= ${bar}`, value >= bar)
}

function judgeMost(kind: Kind, name: string, [value, bar]: Judged): void {
  judge(kind, `${name}: ${Number(value.toFixed(2))} <= ${bar}`, value <= bar)
}

function judge(kind: Kind, words: string, isMet: boolean): void {
  if (kind === 'must' && !isMet) process.exitCode = 1
  write(`${kind} ${words} ${isMet ? 'ok' : 'short'}\n`)
}

function write(words: string): void {
  process.stdout.write(words)
}
