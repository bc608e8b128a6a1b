import { readFileSync } from 'node:fs'
import { getEntry } from './catalog.ts'
import type { Pairs } from './graphs.ts'
import { keyOf } from './graphs.ts'
import { measureProofs, measureWork } from './own-figures.ts'
import type { Peer, Session } from './peer.ts'
import { createProgram, type ProgramName } from './programs.ts'
import {
  type Answer,
  type BatchAnswer,
  figuresOf,
  type Question,
  type Task,
  type UpdateAnswer,
  type UpdateTask,
} from './protocol.ts'
import { createUpdates } from './workloads.ts'
import { createBreadthFirst } from './yardsticks/breadth-first.ts'
import { createNumberSet } from './yardsticks/number-set.ts'

type Ask = NonNullable<Session['point' | 'view']>

/** A process of its own for one task of one peer: neither heap nor compiled code is another's. */
const { peer, task } = JSON.parse(process.argv[2] ?? '') as Question
process.stdout.write(`${JSON.stringify(await answer(peer, task))}\n`)

async function answer(name: string, task: Task): Promise<Answer> {
  if (task.kind === 'empty') return { kind: 'empty', rssMegabytes: peakMegabytes() }
  if (task.kind === 'work') return measureWork(task.program, task.steps)
  if (task.kind === 'proof') return measureProofs(task.proofs)
  const peer = await getEntry(name).create()
  if (task.kind === 'check') return { kind: 'check', wrong: await findWrong(peer, task.programs) }
  return task.kind === 'batch' ? measureBatch(peer, task.program) : measureUpdates(peer, task)
}

async function findWrong(
  peer: Peer,
  programs: readonly ProgramName[],
): Promise<readonly ProgramName[]> {
  const wrong: ProgramName[] = []
  for (const name of programs) {
    const program = createProgram(name, 'small')
    const expected = createNumberSet().rows!(program)
    if (peer.rows && textOf(await peer.rows(program)) !== textOf(await expected)) wrong.push(name)
  }
  return wrong
}

function textOf(rows: Pairs): string {
  return rows
    .map(keyOf)
    .sort((left, right) => left - right)
    .join()
}

async function measureBatch(peer: Peer, name: ProgramName): Promise<BatchAnswer> {
  const program = createProgram(name)
  const start = performance.now()
  const counted = peer.batch!(program)
  const rows = typeof counted === 'number' ? counted : await counted
  const milliseconds = performance.now() - start
  return { kind: 'batch', milliseconds, rows, rssMegabytes: peakMegabytes() }
}

async function measureUpdates(peer: Peer, task: UpdateTask): Promise<UpdateAnswer> {
  const program = createProgram(task.program)
  const updates = createUpdates(task.program, task.steps)
  const session = await peer.open!(program)
  const ask = session[task.ask]!
  await warmUp(ask, updates)
  const answers: unknown[] = []
  const times = new Map<string, number[]>()
  for (const update of updates) {
    const start = performance.now()
    const asked = ask(update)
    const answer = asked instanceof Promise ? await asked : asked
    const milliseconds = performance.now() - start
    answers.push(answer)
    const name = `${update.isInsert ? 'insert' : 'retract'} ${update.relation}`
    const series = times.get(name)
    if (series) series.push(milliseconds)
    else times.set(name, [milliseconds])
  }
  const series = Object.fromEntries([...times].map(([name, all]) => [name, figuresOf(all)]))
  const right = await answersOf((await createBreadthFirst().open!(program))[task.ask]!, updates)
  const wrong = answers.filter((answer, step) => answer !== right[step]).length
  return { kind: 'updates', series, wrong }
}

/** As a server is that has run for a while: inserts, each taken back, for a second. */
async function warmUp(ask: Ask, updates: ReturnType<typeof createUpdates>): Promise<void> {
  const inserts = updates.filter(({ isInsert }) => isInsert)
  const end = performance.now() + 1000
  for (let step = 0; performance.now() < end; step = (step + 1) % inserts.length) {
    const insert = inserts[step]!
    await ask(insert)
    await ask({ ...insert, isInsert: false })
  }
}

async function answersOf(
  ask: Ask,
  updates: ReturnType<typeof createUpdates>,
): Promise<readonly unknown[]> {
  const answers: unknown[] = []
  for (const update of updates) answers.push(await ask(update))
  return answers
}

/** Linux counts `maxRSS` from before the program was there, with the memory of who started it. */
function peakMegabytes(): number {
  let kilobytes = process.resourceUsage().maxRSS
  try {
    const status = readFileSync('/proc/self/status', 'utf8')
    kilobytes = Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? kilobytes)
  } catch {
    // Not Linux.
  }
  return kilobytes / 1024
}
