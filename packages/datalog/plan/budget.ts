import { DatalogError } from '../language/errors.ts'
import type { Rule } from './rule.ts'

const stride = 8192

/** How much work one transaction may be: rule firings, and milliseconds. */
export class Budget {
  /** Instances of rules found so far. */
  fired = 0
  /** Up to here without asking. */
  allowed = stride
  /** Loops entered, so that a rule which finds nothing is stopped as well. */
  ticks = 0
  maxDerivations: number
  maxMs: number
  readonly #rules: readonly Rule[]
  #start = 0

  constructor(rules: readonly Rule[], { maxDerivations = 20_000_000, maxMs = Infinity }: Limits) {
    this.#rules = rules
    this.maxDerivations = maxDerivations
    this.maxMs = maxMs
  }

  restart(): void {
    this.fired = 0
    this.ticks = 0
    this.#start = this.maxMs === Infinity ? 0 : performance.now()
    this.allowed = Math.min(stride, this.maxDerivations)
  }

  /** Called when `fired` passes `allowed`; throws a DatalogError with code `limit` that names the rule. */
  renew(ruleNumber: number): void {
    if (this.fired > this.maxDerivations)
      throw this.#exceeded(ruleNumber, `more than maxDerivations (${this.maxDerivations})`)
    this.checkTime(ruleNumber)
    this.allowed = Math.min(this.fired + stride, this.maxDerivations)
  }

  /** Called now and then while nothing is found. */
  checkTime(ruleNumber: number): void {
    this.ticks = 0
    if (this.maxMs !== Infinity && performance.now() - this.#start > this.maxMs)
      throw this.#exceeded(ruleNumber, `longer than maxMs (${this.maxMs})`)
  }

  #exceeded(ruleNumber: number, what: string): DatalogError {
    const { text = 'a rule', head } = this.#rules[ruleNumber] ?? {}
    return new DatalogError([
      {
        code: 'limit',
        message: `The rule ${text} took ${what}${head ? `, deriving ${head.name}` : ''}. Nothing was changed.`,
        hint: 'Bound its recursion, or allow more.',
      },
    ])
  }
}

export interface Limits {
  readonly maxDerivations?: number
  readonly maxMs?: number
}
