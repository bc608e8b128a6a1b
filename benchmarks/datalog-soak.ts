import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { checkLaw } from '@rose-ash/datalog/testing/law'

/**
 * `pnpm bench datalog-soak [--programs 10000] [--updates 50] [--seed N] [--threads 2]`: random programs, each
 * step of each compared with a recomputation from scratch. Ends with code 1 at a difference; the seed that is
 * printed with one gives the same program again with `--programs 1`.
 */
interface Share {
  readonly seeds: readonly number[]
  readonly updates: number
}

type Report = { readonly done: number } | { readonly seed: number; readonly problem: string }

if (isMainThread) await soak()
else work(workerData as Share)

async function soak(): Promise<void> {
  const { programs, updates, seed, threads } = readOptions()
  process.stdout.write(`Seed ${seed}: ${programs} programs with ${updates} updates each.\n`)
  const seeds = Array.from({ length: programs }, (_, index) => seed + index)
  const startedAt = performance.now()
  const seconds = () => Math.round((performance.now() - startedAt) / 1000)
  let done = 0
  let differences = 0
  const onReport = (report: Report) => {
    if ('problem' in report) {
      differences += 1
      process.stdout.write(`Seed ${report.seed}: ${report.problem}\n`)
      return
    }
    done += report.done
    process.stderr.write(`${done} of ${programs} after ${seconds()} s\n`)
  }
  await Promise.all(
    Array.from({ length: threads }, async (_, thread) => {
      const share: Share = { seeds: seeds.filter((_, at) => at % threads === thread), updates }
      await runShare(share, onReport)
    }),
  )
  process.stdout.write(
    `${done} programs, ${differences} differences, ${seconds()} s on ${threads} threads.\n`,
  )
  if (differences > 0 || done < programs) process.exitCode = 1
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      programs: { type: 'string', default: '10000' },
      updates: { type: 'string', default: '50' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 30)) },
      threads: { type: 'string', default: '2' },
    },
  })
  const read = (name: keyof typeof values): number => {
    const number = Number(values[name])
    if (Number.isSafeInteger(number) && number >= 0) return number
    throw new Error(`--${name} is a whole number; ${values[name]} is not one.`)
  }
  return {
    programs: read('programs'),
    updates: read('updates'),
    seed: read('seed'),
    threads: Math.max(1, read('threads')),
  }
}

function runShare(share: Share, onReport: (report: Report) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: share })
    worker.on('message', onReport)
    worker.on('error', reject)
    worker.on('exit', () => {
      resolve()
    })
  })
}

/** Every fourth program is interpreted, as where code may not be compiled. */
function work({ seeds, updates }: Share): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  const report = (message: Report) => parentPort?.postMessage(message)
  const often = 100
  for (const [index, seed] of seeds.entries()) {
    const problem = checkLaw({ seed, updates, options: { compile: seed % 4 !== 0 } })
    if (problem !== undefined) report({ seed, problem })
    const isLast = index === seeds.length - 1
    if (isLast || index % often === often - 1) report({ done: (index % often) + 1 })
  }
}
