import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Answer, Question } from './protocol.ts'

export type Outcome =
  | { readonly status: 'answered'; readonly answer: Answer }
  | { readonly status: 'over'; readonly seconds: number }
  | { readonly status: 'failed'; readonly message: string }

const worker = fileURLToPath(new URL('worker.ts', import.meta.url))
const living = new Set<number>()

/** Asks a new process, and ends it when it takes too long. */
export async function ask(question: Question, limitSeconds: number): Promise<Outcome> {
  const child = spawn(process.execPath, [worker, JSON.stringify(question)], {
    // A group of its own, so that what it started ends with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const { pid } = child
  if (pid === undefined) return { status: 'failed', message: 'no process could be started' }
  living.add(pid)
  let isOver = false
  const limit = setTimeout(() => {
    isOver = true
    endGroup(pid)
  }, limitSeconds * 1000)
  const [output, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  clearTimeout(limit)
  living.delete(pid)
  if (isOver) return { status: 'over', seconds: limitSeconds }
  // Libraries may print too; the answer is the last line.
  const line = output.trim().split('\n').at(-1) ?? ''
  if (code === 0 && line.startsWith('{')) {
    return { status: 'answered', answer: JSON.parse(line) as Answer }
  }
  const message = errors.split('\n').find((each) => each.includes('Error')) ?? errors
  return { status: 'failed', message: message.trim().slice(0, 200) }
}

/** However the run ends, nothing that it started goes on. */
export function endChildrenAtExit(): void {
  process.once('exit', endAll)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(1))
  }
}

function endAll(): void {
  for (const pid of living) endGroup(pid)
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
