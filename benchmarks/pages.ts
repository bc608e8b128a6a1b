import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startPostgres } from '@rose-ash/local/postgres/start'
import { migrateDatabase } from '@rose-ash/shared/infrastructure/migrate'
import { createContent, measuredPath, postCount } from './pages/content.ts'
import { type Load, type Side, startSide } from './pages/side.ts'

/**
 * The blog's home and a post as a stranger sees them, composed with all their fragments: six apps in
 * one process on the embedded PostgreSQL, against the same bytes from Fastify and Handlebars alone.
 */
const warmUpSeconds = 3
const seconds = 8
const pages = [
  { name: 'home', path: '/', expected: 'Story 11<', bar: 1500 },
  { name: 'post', path: measuredPath, expected: '<h1>Story 100</h1>', bar: 2000 },
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
    pages: pages.map(({ path }, index) => ({ path, html: html[index]! })),
  })

  write(`\n${postCount} posts; 10 connections, ${seconds} s each\n`)
  write('                        req/s    p50 ms    p99 ms  CPU ms/req        KB\n')
  const measured: Record<string, { ours: Load; bound: Load }> = {}
  for (const [index, { name, path, expected }] of pages.entries()) {
    const kilobytes = html[index]!.length / 1024
    const ours = await measure(platform, path, expected)
    row(`${name}, Rose Ash`, ours, kilobytes)
    const bound = await measure(bare, path, expected)
    row(`${name}, bare`, bound, kilobytes)
    measured[name] = { ours, bound }
  }
  const loaded = await platform.usage()
  write(`\nMemory of all six apps: ${idle.rssMegabytes.toFixed(0)} MB idle, `)
  write(`${loaded.rssMegabytes.toFixed(0)} MB after the load\n\n`)

  for (const { name, bar } of pages) {
    const { ours, bound } = measured[name]!
    atLeast('must', `${name}-requests-per-second`, ours.requestsPerSecond, bar)
    atMost('must', `${name}-p99-milliseconds`, ours.p99Milliseconds, 25)
    const ratio = ours.cpuMillisecondsPerRequest / bound.cpuMillisecondsPerRequest
    atMost('stretch', `${name}-cpu-to-bare`, ratio, 6)
  }
  atMost('must', 'idle-megabytes-per-service', idle.rssMegabytes / 6, 150)
  atMost('stretch', 'idle-megabytes-of-all-six', idle.rssMegabytes, 250)
  atMost('must', 'start-seconds', startSeconds, 3)
}

async function measure(side: Side, path: string, expected: string): Promise<Load> {
  await side.read(path, expected)
  await side.load(path, warmUpSeconds)
  const load = await side.load(path, seconds)
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
  write(`  ${name.padEnd(17)}${cells.map((cell) => cell.padStart(10)).join('')}\n`)
}

type Kind = 'must' | 'stretch'

function atLeast(kind: Kind, name: string, value: number, bar: number): void {
  judge(kind, `${name}: ${value.toFixed(0)} >= ${bar}`, value >= bar)
}

function atMost(kind: Kind, name: string, value: number, bar: number): void {
  judge(kind, `${name}: ${Number(value.toFixed(2))} <= ${bar}`, value <= bar)
}

function judge(kind: Kind, words: string, isMet: boolean): void {
  if (kind === 'must' && !isMet) process.exitCode = 1
  write(`${kind} ${words} ${isMet ? 'ok' : 'short'}\n`)
}

function write(words: string): void {
  process.stdout.write(words)
}
