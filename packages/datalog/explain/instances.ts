import type { Engine } from '../evaluate/engine.ts'
import { groupBy } from '../group-by.ts'
import { searchPlan } from '../plan/interpret.ts'
import type { Bindings } from '../plan/interpreted-run.ts'
import { orderBody } from '../plan/order.ts'
import type { Rule } from '../plan/rule.ts'
import type { Relation } from '../store/relation.ts'

/** An instance of a rule: the values of its variables, and the row of each positive literal. */
export interface Instance {
  readonly rule: Rule
  readonly codes: Int32Array
  /** By literal; only those of positive atoms mean something. */
  readonly rows: Int32Array
}

/** Finds one instance that gives a row, of smaller ranks than the row's own where it is in a recursion. */
export class Instances {
  /** Of the engine's rules that these searches are for. */
  readonly version: number
  readonly #engine: Engine
  readonly #rules: ReadonlyMap<Relation, readonly Rule[]>
  readonly #searches = new Map<Rule, (row: number, limit: number) => Instance | undefined>()
  readonly #own = new Map<Relation, ReadonlySet<Relation>>()

  constructor(engine: Engine) {
    this.#engine = engine
    this.version = engine.version
    this.#rules = groupBy(engine.normaliser.rules, ({ head }) => head)
    for (const { kind, relations } of engine.network.components)
      if (kind === 'recursive')
        for (const relation of relations) this.#own.set(relation, new Set(relations))
  }

  find(relation: Relation, row: number): Instance | undefined {
    const limit = this.#own.has(relation) ? (relation.support[row] as number) : 2 ** 31 - 1
    for (const rule of this.#rules.get(relation) ?? []) {
      let search = this.#searches.get(rule)
      if (!search) this.#searches.set(rule, (search = this.#createSearch(rule)))
      const found = search(row, limit)
      if (found) return found
    }
    return undefined
  }

  #createSearch(rule: Rule) {
    const own = this.#own.get(rule.head)
    const steps = orderBody({ rule, given: -1, ...(own ? { own } : {}) })
    let found: Bindings | undefined
    const search = searchPlan({ rule, steps, ruleNumber: 0 }, this.#engine.machine, (bindings) => {
      found = bindings
      return true
    })
    return (row: number, limit: number): Instance | undefined => {
      if (!search(Int32Array.of(row), limit) || !found) return undefined
      return { rule, codes: found.codes.slice(), rows: found.rows.slice(1) }
    }
  }
}
