import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startPostgres } from '@rose-ash/local/postgres/start'
import { migrateDatabase } from '@rose-ash/shared/infrastructure/migrate'
import { createContent, postCount, postPaths } from './blog/content.ts'
import { measureIdleShare } from './blog/quiet.ts'
import { measureIdleBlog } from './blog/service.ts'
import { type Load, type Side, startSide } from './blog/side.ts'

/**
 * The blog as strangers read it, composed with all its fragments, from six apps in one process on the embedded
 * PostgreSQL: with nothing kept of a page, and with the page cache. Beside both, in the same run, the same bytes from
 * Fastify and Handlebars with what every site has around its pages, and no database.
 */
const warmUpSeconds = 3
const seconds = 8
const pages = [
  { name: 'home', paths: ['/'], expected: 'Story 11<', least: { plain: 1500, kept: 1500 } },
  {
    name: 'post',
    paths: [postPaths[100]!],
    expected: '<h1>Story 100</h1>',
    least: { plain: 1000, kept: 2000 },
  },
  {
    name: 'posts-in-turn',
    paths: [postPaths[0]!, ...postPaths.slice(1)],
    expected: '<h1>Story 0</h1>',
    least: { plain: 1000, kept: 2000 },
  },
  { name: 'tag', paths: ['/tag/tag-3/'], expected: 'Tag 3', least: undefined },
  { name: 'feed', paths: ['/rss/'], expected: 'Story 11<', least: undefined },
  { name: 'search', paths: ['/search/?q=sweeps+oven'], expected: '<mark>', least: undefined },
] as const satisfies readonly MeasuredPage[]

interface MeasuredPage {
  readonly name: string
  readonly paths: readonly [string, ...string[]]
  /** In the answer at the first of the paths. */
  readonly expected: string
  /** Requests a second, without and with the page cache. */
  readonly least: { readonly plain: number; readonly kept: number } | undefined
}

/** Pages whose ratios to the bound are bars: a feed, a list of a tag and a search do more than show a page. */
const bounded: readonly string[] = ['home', 'post']

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
  const start = { start: 'platform', databaseUrl: postgres.url, folder } as const
  await using plain = await startSide({ ...start, pageCacheSeconds: 0 })
  await plain.read('/', 'Story 11<')
  const startSeconds = (performance.now() - spawned) / 1000
  await using kept = await startSide({ ...start, pageCacheSeconds: 60 })
  const html = await Promise.all(pages.map(({ paths, expected }) => plain.read(paths[0], expected)))
  await delay(2000)
  const idle = await plain.usage()
  await using bare = await startSide({
    start: 'bare',
    pages: pages.slice(0, 2).map(({ paths }, index) => ({ path: paths[0], html: html[index]! })),
  })

  write(`\n${postCount} posts; 10 connections, ${seconds} s each; `)
  write(`before, this machine was ${(idleShare * 100).toFixed(0)} % idle\n`)
  write('                              req/s    p50 ms    p99 ms  CPU ms/req        KB\n')
  const bars: (() => void)[] = []
  for (const [index, page] of pages.entries()) {
    const { name, least } = page
    const kilobytes = html[index]!.length / 1024
    const ofPlain = await measure(plain, page)
    row(`${name}, nothing kept`, ofPlain, kilobytes)
    const ofKept = await measure(kept, page)
    row(`${name}, page cache`, ofKept, kilobytes)
    if (least) {
      bars.push(() => {
        judgeLeast('must', `${name}-requests-per-second`, [ofPlain.requestsPerSecond, least.plain])
        judgeLeast('must', `${name}-kept-requests-per-second`, [
          ofKept.requestsPerSecond,
          least.kept,
        ])
        judgeMost('must', `${name}-p99-milliseconds`, [ofPlain.p99Milliseconds, 25])
      })
    }
    if (!bounded.includes(name)) continue
    const bound = await measure(bare, page)
    row(`${name}, bare`, bound, kilobytes)
    const share = (load: Load) => (100 * load.requestsPerSecond) / bound.requestsPerSecond
    bars.push(() => {
      judgeLeast('must', `${name}-percent-of-bare`, [share(ofPlain), 25])
      judgeLeast('must', `${name}-kept-percent-of-bare`, [share(ofKept), 70])
    })
  }
  const compressed = await measure(kept, { ...pages[0], isCompressed: true })
  row('home, page cache, brotli', compressed, html[0]!.length / 1024)
  const [loaded, loadedKept] = [await plain.usage(), await kept.usage()]
  write(`\nMemory of all six apps: ${idle.rssMegabytes.toFixed(0)} MB idle, `)
  write(`${loaded.rssMegabytes.toFixed(0)} MB after the load, `)
  write(`${loadedKept.rssMegabytes.toFixed(0)} MB with the page cache\n\n`)

  for (const judgeBars of bars) judgeBars()
  judgeMost('must', 'start-of-all-six-seconds', [startSeconds, 3])
  judgeMost('stretch', 'idle-megabytes-of-all-six', [idle.rssMegabytes, 250])
  judgeMost('must', 'start-of-one-service-seconds', [service.startSeconds, 2])
  judgeMost('must', 'idle-megabytes-of-one-service', [service.rssMegabytes, 150])
}

async function measure(
  side: Side,
  {
    paths,
    expected,
    isCompressed = false,
  }: Pick<MeasuredPage, 'paths' | 'expected'> & { readonly isCompressed?: boolean },
): Promise<Load> {
  await side.read(paths[0], expected)
  await side.load({ paths, isCompressed, seconds: warmUpSeconds })
  const load = await side.load({ paths, isCompressed, seconds })
  await side.read(paths[0], expected)
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
