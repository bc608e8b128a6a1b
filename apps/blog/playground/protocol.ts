import type { Delta, Problem, Proof, WhyNot } from '@rose-ash/datalog'
import type { Answers } from '@rose-ash/datalog/session/answers'
import type { Evaluation } from '@rose-ash/datalog/session/evaluation'
import type { Fact } from '@rose-ash/datalog/session/facts'
import type { Change } from '@rose-ash/datalog/session/session'

/** What the page asks of its worker. The page keeps nothing but texts and the changes made by hand. */
export type Task =
  /** Begins anew with a program, and does the changes again on top of it. */
  | {
      readonly kind: 'run'
      readonly program: string
      readonly question: string
      readonly changes: readonly (readonly Change[])[]
    }
  | { readonly kind: 'change'; readonly sign: '+' | '-'; readonly text: string }
  | { readonly kind: 'undo' }
  | { readonly kind: 'ask'; readonly question: string }
  /** The proof of a fact, or what it lacks. */
  | { readonly kind: 'why'; readonly fact: string | Fact }

/** What came of it. What a task did not touch is not in it. */
export interface Outcome {
  readonly problems?: readonly Problem[]
  readonly evaluation?: Evaluation
  readonly question?: {
    readonly answers: Answers | undefined
    readonly problems: readonly Problem[]
  }
  /** Made by hand, in order, each of one or more facts; those that a new program no longer takes are left out. */
  readonly changes?: readonly (readonly Change[])[]
  readonly delta?: Delta
  readonly proof?: Proof
  readonly whyNot?: WhyNot
  readonly milliseconds: number
}

export interface TaskMessage {
  readonly id: number
  readonly task: Task
}

/** `failure` is a fault of ours, not of the program. */
export interface OutcomeMessage {
  readonly id: number
  readonly outcome?: Outcome
  readonly failure?: string
}
