import { generatePlan } from '../plan/generate.ts'
import { interpretPlan } from '../plan/interpret.ts'
import type { Machine } from '../plan/machine.ts'
import { orderBody } from '../plan/order.ts'
import type { OrderOptions } from '../plan/ordering.ts'
import type { Outcome, Plan, RunPlan } from '../plan/steps.ts'
import type { Relation } from '../store/relation.ts'
import { createPull } from './pull.ts'

/** How plans come to be run: the machine they work on, and whether code may be made from text. */
export interface PlanSettings {
  readonly machine: Machine
  readonly compiles: boolean
  /** False to leave out ranks, without which nothing can be taken back: to measure what they cost. */
  readonly isRanked?: boolean
  /** All that is wanted is whether this gets a row. */
  readonly until?: Relation
}

export interface PlanOptions extends OrderOptions {
  readonly outcome: Outcome
  readonly ruleNumber: number
}

const fewRows = 64
const fewRuns = 2
const ratio = 10

/**
 * A plan that is made when it is first needed, compiled when it is worth it, and made anew when the sizes
 * of its relations have changed by a factor of ten.
 */
export class LazyPlan {
  readonly #options: PlanOptions
  readonly #settings: PlanSettings
  /** Those whose sizes decide about the order. */
  readonly #relations: readonly Relation[]
  #sizes: readonly number[] = []
  #plan: Plan | undefined
  #interpreted: RunPlan | undefined
  #compiled: RunPlan | undefined
  /** By the order of the literals: a relation that is emptied and filled again leads back to an earlier one. */
  readonly #compiledBefore = new Map<string, RunPlan>()
  #runs = 0

  constructor(options: PlanOptions, settings: PlanSettings) {
    this.#options = options
    this.#settings = settings
    const atoms = options.rule.body.filter(
      (literal, place) => literal.kind === 'atom' && !literal.isNegated && place !== options.given,
    )
    this.#relations =
      atoms.length < 2 ? [] : atoms.flatMap((atom) => (atom.kind === 'atom' ? [atom.relation] : []))
  }

  /** For about this many rows. */
  get(rowCount: number): RunPlan {
    if (this.#options.rule.pull)
      return (this.#interpreted ??= createPull(this.#options, this.#settings.machine))
    if (this.#plan === undefined || this.#isStale()) this.#make()
    if (this.#compiled) return this.#compiled
    const plan = this.#plan as Plan
    if (this.#settings.compiles && (rowCount > fewRows || ++this.#runs > fewRuns))
      return (this.#compiled = this.#compile(plan))
    return (this.#interpreted ??= interpretPlan(plan, this.#settings.machine))
  }

  #make(): void {
    const { rule, outcome, ruleNumber } = this.#options
    const ordered = orderBody(this.#options)
    const steps =
      this.#settings.isRanked === false
        ? ordered.map((step) => ('isRanked' in step ? { ...step, isRanked: false } : step))
        : ordered
    this.#plan = { rule, outcome, ruleNumber, steps }
    this.#sizes = this.#relations.map(({ size }) => size)
    this.#interpreted = this.#compiled = undefined
  }

  #compile(plan: Plan): RunPlan {
    const order = plan.steps.map(({ literal }) => literal).join()
    const before = this.#compiledBefore.get(order)
    if (before) return before
    const compiled = generatePlan(plan, this.#settings.machine)
    this.#compiledBefore.set(order, compiled)
    return compiled
  }

  #isStale(): boolean {
    for (let place = 0; place < this.#relations.length; place += 1) {
      const now = (this.#relations[place] as Relation).size + 16
      const then = (this.#sizes[place] as number) + 16
      if (now > then * ratio || then > now * ratio) return true
    }
    return false
  }
}

/** Whether generated code may run here; a Content-Security-Policy may forbid it. */
export function mayCompile(): boolean {
  try {
    // oxlint-disable-next-line typescript/no-implied-eval -- asks whether it is allowed
    return new Function('return true')() === true
  } catch {
    return false
  }
}
