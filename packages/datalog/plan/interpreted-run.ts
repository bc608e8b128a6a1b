import type { Machine } from './machine.ts'
import type { Plan } from './steps.ts'

/** What has been found so far: a code for each variable, a row for each literal. */
export interface Bindings {
  readonly codes: Int32Array
  readonly rows: Int32Array
}

/** Goes on with the next step; a result other than 0 ends the search. */
export type Next = (rank: number) => number

/** One plan, and what it is asked this time. */
export interface Run {
  readonly machine: Machine
  readonly bindings: Bindings
  rows: Int32Array
  count: number
  argument: number
}

export function createRun({ rule }: Omit<Plan, 'outcome'>, machine: Machine): Run {
  const bindings = {
    codes: new Int32Array(rule.variables.length),
    rows: new Int32Array(rule.body.length + 1),
  }
  return { machine, bindings, rows: new Int32Array(0), count: 0, argument: 0 }
}
