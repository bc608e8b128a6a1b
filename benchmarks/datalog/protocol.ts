import type { ProgramName } from './programs.ts'

/** What one process is asked to do with one peer; it answers with a line of JSON and ends. */
export interface Question {
  readonly peer: string
  readonly task: Task
}

export type Task =
  /** Nothing: what a process takes by itself. */
  | { readonly kind: 'empty' }
  /** All rows of the small programs. */
  | { readonly kind: 'check'; readonly programs: readonly ProgramName[] }
  | { readonly kind: 'batch'; readonly program: ProgramName }
  | UpdateTask
  /** Facts touched and changed by retracts; ours only, as the next. */
  | { readonly kind: 'work'; readonly program: ProgramName; readonly steps: number }
  | { readonly kind: 'proof'; readonly proofs: number }

export interface UpdateTask {
  readonly kind: 'updates'
  readonly program: ProgramName
  readonly ask: 'point' | 'view'
  readonly steps: number
}

export type Answer =
  | { readonly kind: 'empty'; readonly rssMegabytes: number }
  | { readonly kind: 'check'; readonly wrong: readonly ProgramName[] }
  | BatchAnswer
  | UpdateAnswer
  | { readonly kind: 'work'; readonly touched: number; readonly changed: number }
  | { readonly kind: 'proof'; readonly figures: Figures }

export interface BatchAnswer {
  readonly kind: 'batch'
  readonly milliseconds: number
  readonly rows: number
  /** The most that the process had. */
  readonly rssMegabytes: number
}

export interface UpdateAnswer {
  readonly kind: 'updates'
  /** By `insert is_a` and the like. */
  readonly series: Readonly<Record<string, Figures>>
  readonly wrong: number
}

/** Milliseconds. */
export interface Figures {
  readonly median: number
  readonly p95: number
  readonly mean: number
}

export function figuresOf(milliseconds: readonly number[]): Figures {
  const sorted = [...milliseconds].sort((left, right) => left - right)
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)]!
  const mean = sorted.reduce((sum, each) => sum + each, 0) / sorted.length
  return { median: at(0.5), p95: at(0.95), mean }
}
