import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@rose-ash/local/postgres/start'
import { migrateDatabase } from '@rose-ash/shared/infrastructure/migrate'
import { measureIdleShare } from './blog/quiet.ts'
import { startBare } from './sign-on/bare.ts'
import { clients, measureTurn, type Rates } from './sign-on/measure.ts'
import { startRoseAsh } from './sign-on/rose-ash.ts'
import type { Side } from './sign-on/side.ts'
import { medianOf } from './support/median.ts'

/**
 * The two requests of every sign-in to an app: the silent one (`prompt=none`) that gives a code, and
 * the token endpoint that redeems it. The federation service on the embedded PostgreSQL, beside
 * the library that it is made of with nothing around it and all in memory.
 */
/** As much work for both, since that is what V8 goes by. */
const warmUp = { seconds: 12, codes: 2000 }
const seconds = 4
/** Odd, so that there is one in the middle. On a machine that is busy there are fewer. */
const rounds = 5
const lastRoundSeconds = 60
const bar = 0.6
const columns = [
  { name: 'silent', title: 'silent authorize/s', digits: 0 },
  { name: 'token', title: 'token (code, PKCE)/s', digits: 0 },
  { name: 'cpuMilliseconds', title: 'CPU ms for both', digits: 2 },
] as const

const start = performance.now()
const folder = await mkdtemp(join(tmpdir(), 'rose-ash-bench-'))
try {
  await using postgres = await startPostgres({ dataFolder: join(folder, 'postgres') })
  await migrateDatabase({ url: postgres.url })
  await run(postgres.url)
} finally {
  await rm(folder, { recursive: true, force: true })
}

async function run(databaseUrl: string): Promise<void> {
  const idleShare = await measureIdleShare()
  await using bare = await startBare()
  await using roseAsh = await startRoseAsh({ databaseUrl, folder })
  for (const side of [bare, roseAsh]) await measureTurn(side, warmUp)
  const found: { ours: Rates; peer: Rates }[] = []
  while (found.length < rounds && (found.length === 0 || secondsSinceStart() < lastRoundSeconds)) {
    const peer = await measureTurn(bare, { seconds })
    found.push({ peer, ours: await measureTurn(roseAsh, { seconds }) })
  }
  write(`\n${clients} clients, ${found.length} rounds of ${seconds} s each in turn; `)
  write(`before, this machine was ${(idleShare * 100).toFixed(0)} % idle\n`)
  report([roseAsh, found.map(({ ours }) => ours)], [bare, found.map(({ peer }) => peer)])
}

type Measured = readonly [side: Side, rates: readonly Rates[]]

function report(ours: Measured, peer: Measured): void {
  const line = (head: string, cells: readonly string[]) =>
    write(`  ${head.padEnd(22)}${cells.map((cell) => cell.padStart(22)).join('')}\n`)
  line(
    '',
    columns.map(({ title }) => title),
  )
  for (const [{ title }, rates] of [ours, peer]) {
    const cellOf = ({ name, digits }: (typeof columns)[number]) =>
      medianOf(rates.map((each) => each[name])).toFixed(digits)
    line(title, columns.map(cellOf))
  }
  write(`\nIn ${secondsSinceStart().toFixed(0)} seconds\n\n`)
  for (const name of ['silent', 'token'] as const) {
    const ratio = medianOf(ours[1].map((each, round) => each[name] / peer[1][round]![name]))
    judge(`${name}-to-memory-adapter`, ratio)
  }
}

function judge(name: string, ratio: number): void {
  const isMet = ratio >= bar
  if (!isMet) process.exitCode = 1
  write(`must ${name}: ${ratio.toFixed(2)} >= ${bar} ${isMet ? 'ok' : 'short'}\n`)
}

function secondsSinceStart(): number {
  return (performance.now() - start) / 1000
}

function write(words: string): void {
  process.stdout.write(words)
}
