import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { imageEnvironment } from '@rose-ash/testing/image-environment'
import type { BareRound, Opened, OpenQuestion, Question, Round, WarmedUp } from './protocol.ts'

const program = fileURLToPath(new URL('process.ts', import.meta.url))

/** One graph, in a process of its own. */
export interface Side extends AsyncDisposable {
  readonly opened: Opened
  warmUp(seconds: number): Promise<WarmedUp>
  round(operations: number): Promise<Round>
  /** The last thing that it is asked. */
  bareRound(operations: number): Promise<BareRound>
}

export async function startSide(question: OpenQuestion): Promise<Side> {
  const child = startProcess()
  const opened = await ask<Opened>(child, question)
  return {
    opened,
    warmUp: (seconds) => ask(child, { ask: 'warm-up', seconds }),
    round: (operations) => ask(child, { ask: 'round', operations }),
    bareRound: (operations) => ask(child, { ask: 'bare-round', operations }),
    [Symbol.asyncDispose]: () => end(child),
  }
}

/** Milliseconds of some writes of the seed's first design. */
export function saturate(size: number): Promise<readonly number[]> {
  return askOnce({ ask: 'saturate', size })
}

/** Microseconds of writes to JavaScript's own maps. */
export function writeMaps(size: number, operations: number): Promise<BareRound> {
  return askOnce({ ask: 'maps', size, operations })
}

async function askOnce<Answer>(question: Question): Promise<Answer> {
  const child = startProcess()
  try {
    return await ask(child, question)
  } finally {
    await end(child)
  }
}

function startProcess(): ChildProcess {
  return fork(program, { execArgv: ['--expose-gc'], env: imageEnvironment })
}

async function ask<Answer>(child: ChildProcess, question: Question): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const fail = () => reject(new Error('a process of the benchmark ended early'))
  const keep = (answer: unknown) => resolve(answer as Answer)
  child.once('exit', fail).once('message', keep).send(question)
  try {
    return await promise
  } finally {
    child.off('exit', fail).off('message', keep)
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = once(child, 'exit')
  child.disconnect()
  await ended
}
