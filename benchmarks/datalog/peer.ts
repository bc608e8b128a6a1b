import type { Pair, Pairs } from './graphs.ts'
import type { Program } from './programs.ts'
import type { Update } from './workloads.ts'

type MaybeLater<Value> = Value | Promise<Value>

/**
 * One engine, or a yardstick, made ready before anything is timed: a WebAssembly module is loaded.
 * A process of its own (an installed Prolog) is started within the time, since its user pays for it.
 */
export interface Peer {
  /** From pairs in memory to the number of the goal's rows, all of them derived. Timed. */
  readonly batch?: (program: Program) => MaybeLater<number>
  /** All rows of the goal, of a small program; not timed. */
  readonly rows?: (program: Program) => MaybeLater<Pairs>
  /** The program with its facts, ready for updates. Not timed. */
  readonly open?: (program: Program) => MaybeLater<Session>
}

/** Timed as one: the write, then the answer. */
export interface Session {
  /** Whether `asked` holds after the write. */
  readonly point: (update: Update) => MaybeLater<boolean>
  /** How many instances `viewed` has after the write. */
  readonly view?: (update: Update) => MaybeLater<number>
}

export function textOfFacts(program: Program): string {
  const lines: string[] = []
  for (const [relation, rows] of Object.entries(program.facts)) {
    for (const [first, second] of rows) lines.push(`${relation}(${first}, ${second}).`)
  }
  return `${lines.join('\n')}\n`
}

export function toPair(row: readonly unknown[]): Pair {
  return [Number(row[0]), Number(row[1])]
}
