import type { Operator } from '../language/syntax.ts'
import type { Relation } from '../store/relation.ts'
import { isNew, isOld, isQueued } from '../store/state.ts'
import type { Values } from '../store/values.ts'
import { calculate } from './arithmetic.ts'
import type { Budget } from './budget.ts'
import { Candidates } from './candidates.ts'
import { Output } from './output.ts'

/** What plans work on: shared by compiled and interpreted ones, so that they do the same. */
export class Machine {
  readonly values: Values
  readonly budget: Budget
  readonly candidates = new Candidates()
  readonly output = new Output()
  /** Facts that something had to be decided about, since the transaction began; one that went and came back counts twice. */
  touched = 0

  constructor(values: Values, budget: Budget) {
    this.values = values
    this.budget = budget
  }

  compare(left: number, right: number): number {
    return this.values.compare(left, right)
  }

  calculate(operator: Operator, [left, right]: readonly [number, number], text: string): number {
    return calculate({ values: this.values, operator, text }, left, right)
  }

  /** One derivation more or less of a row. */
  count(relation: Relation, row: number, sign: number): void {
    const state = relation.state[row] as number
    if ((state & isQueued) === 0) this.queueForCount(relation, row)
    relation.support[row] = (relation.support[row] as number) + sign
  }

  /** The same for the first heads of the output. */
  countAll(relation: Relation, length: number, sign: number): void {
    const { rows } = this.output
    this.output.put(relation, length)
    const { state, support, queue } = relation
    queue.reserve(length)
    for (let place = 0; place < length; place += 1) {
      const row = rows[place] as number
      const before = state[row] as number
      if ((before & isQueued) === 0) {
        if (before & isOld) this.remember(relation, row)
        state[row] = before | isQueued
        queue.items[queue.length++] = row
        this.touched += 1
      }
      support[row] = (support[row] as number) + sign
    }
  }

  queueForCount(relation: Relation, row: number): void {
    const state = relation.state[row] as number
    if (state & isQueued) return
    this.touched += 1
    if (state & isOld) this.remember(relation, row)
    relation.state[row] = state | isQueued
    relation.queue.push(row)
  }

  /** A row has a derivation of this rank; one that is there already keeps the rank it has. */
  derive(relation: Relation, row: number, rank: number): void {
    const state = relation.state[row] as number
    if (state & isNew) return
    // One that was there has been counted when it was taken away.
    if (state & isOld) this.remember(relation, row)
    else this.touched += 1
    relation.support[row] = rank
    relation.state[row] = state | isNew
    relation.queue.push(row)
  }

  /** The same for the first heads of the output. */
  deriveAll(relation: Relation, length: number): void {
    const { rows, ranks } = this.output
    this.output.put(relation, length)
    const { state, support, queue } = relation
    queue.reserve(length)
    for (let place = 0; place < length; place += 1) {
      const row = rows[place] as number
      const before = state[row] as number
      if (before & isNew) continue
      if (before & isOld) this.remember(relation, row)
      else this.touched += 1
      support[row] = ranks[place] as number
      state[row] = before | isNew
      queue.items[queue.length++] = row
    }
  }

  /** A row that is there may have lost its support, if it leaned on one of this rank. */
  examine(relation: Relation, row: number, rank: number): void {
    const state = relation.state[row] as number
    if ((state & (isNew | isQueued)) !== isNew) return
    const own = relation.support[row] as number
    if (own <= rank) return
    this.touched += 1
    relation.state[row] = state | isQueued
    this.candidates.push(relation, row, own)
  }

  /** Before a support changes: what to put back when the transaction fails. */
  remember(relation: Relation, row: number): void {
    relation.undo.push(row)
    relation.undo.push(relation.support[row] as number)
  }
}
