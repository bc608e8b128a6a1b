import { getEntry } from './catalog.ts'
import { ask, type Outcome } from './child.ts'
import { Measurements } from './measurements.ts'
import type { Options } from './options.ts'
import { createProgram, type ProgramName } from './programs.ts'
import type { Question } from './protocol.ts'
import { listMeasurements, type Measurement } from './tasks.ts'
import { createNumberSet } from './yardsticks/number-set.ts'

/** A cell that has taken so long in all is not repeated: those of slow peers are far from any bar. */
export const enoughSeconds = 10

/** Asks everything, one process at a time; all peers once, then all again. */
export async function measure(options: Options): Promise<Measurements> {
  const measured = new Measurements()
  const measurements = listMeasurements(options.peers).filter(({ group }) =>
    options.groups.includes(group),
  )
  if (options.groups.includes('batch')) await checkSmall(options, measured)
  for (let round = 1; round <= options.repetitions; round += 1) {
    for (const measurement of measurements) {
      const { name, question } = measurement
      const cell = { peer: question.peer, name }
      if (measured.problemOf(cell) || measured.secondsOf(cell) > enoughSeconds) continue
      if (round > 1 && question.task.kind === 'work') continue
      await measureOnce(measurement, { measured, options, round })
    }
  }
  return measured
}

interface Run {
  readonly measured: Measurements
  readonly options: Options
  readonly round: number
}

async function measureOnce(
  { name, question }: Measurement,
  { measured, options, round }: Run,
): Promise<void> {
  const { peer } = question
  const start = performance.now()
  const outcome = await ask(question, limitOf(peer, options))
  const seconds = (performance.now() - start) / 1000
  measured.add({ peer, name }, outcome, seconds)
  const wrong = await wrongOf(question, outcome)
  if (wrong) measured.markWrong({ peer, name })
  const words = wrong ?? wordsOf(outcome)
  progress(`${round}/${options.repetitions} ${name} ${peer}: ${seconds.toFixed(1)} s${words}`)
}

/** All rows of small programs before anything is timed. */
async function checkSmall(options: Options, measured: Measurements): Promise<void> {
  for (const peer of options.peers) {
    const programs = getEntry(peer).batch
    if (!programs) continue
    const outcome = await ask({ peer, task: { kind: 'check', programs } }, limitOf(peer, options))
    for (const program of programs) {
      const cell = { peer, name: program }
      if (outcome.status !== 'answered') measured.add(cell, outcome, 0)
      else if (outcome.answer.kind === 'check' && outcome.answer.wrong.includes(program))
        measured.markWrong(cell)
    }
    progress(`check ${peer}${wordsOf(outcome)}`)
  }
}

function limitOf(peer: string, { limitSeconds }: Options): number {
  return peer === 'node' ? limitSeconds : (getEntry(peer).limitSeconds ?? limitSeconds)
}

async function wrongOf({ task }: Question, outcome: Outcome): Promise<string | undefined> {
  if (outcome.status !== 'answered') return undefined
  const { answer } = outcome
  if (answer.kind === 'updates' && answer.wrong > 0) return `, ${answer.wrong} answers wrong`
  if (answer.kind !== 'batch' || task.kind !== 'batch') return undefined
  const expected = await countRows(task.program)
  return answer.rows === expected ? undefined : `, ${answer.rows} rows and not ${expected}`
}

const counts = new Map<ProgramName, number>()

async function countRows(name: ProgramName): Promise<number> {
  const known = counts.get(name)
  if (known !== undefined) return known
  const count = await createNumberSet().batch!(createProgram(name))
  counts.set(name, count)
  return count
}

function wordsOf(outcome: Outcome): string {
  if (outcome.status === 'over') return ', stopped'
  if (outcome.status === 'failed') return `, failed: ${outcome.message}`
  const { answer } = outcome
  if (answer.kind === 'check') {
    return answer.wrong.length > 0 ? `, wrong on ${answer.wrong.join(', ')}` : ', right'
  }
  return answer.kind === 'batch' ? `, ${answer.milliseconds.toFixed(1)} ms` : ''
}

function progress(words: string): void {
  process.stderr.write(`${words}\n`)
}
