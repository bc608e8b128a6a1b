import { DatalogError } from '../language/errors.ts'
import { formatClause } from '../language/format.ts'
import type { Clause, Value } from '../language/syntax.ts'
import { Budget, type Limits } from '../plan/budget.ts'
import { createDependence } from '../plan/dependence.ts'
import { Machine } from '../plan/machine.ts'
import { Normaliser } from '../plan/normalise.ts'
import type { Relation } from '../store/relation.ts'
import { isAsserted, isNew } from '../store/state.ts'
import { Values } from '../store/values.ts'
import { assertFact, copyAsserted } from './asserted-facts.ts'
import { hasChanged } from './component.ts'
import { mayCompile, type PlanSettings } from './lazy-plan.ts'
import { Network, partsOf } from './network.ts'
import { sweepIfDue } from './sweep.ts'
import { followChange, followView, type View } from './view.ts'
import { createWriter, type Row, type Writer } from './writer.ts'

/** The net change of a transaction, as relations whose `added` and `removed` are filled until the commit ends. */
export type OnChange = (relations: readonly Relation[]) => void

export interface EngineOptions extends Limits {
  readonly compile?: boolean
  readonly isRanked?: boolean
}

/**
 * Facts and rules, and everything that follows, kept up to date. Knows nothing of schemas, queries in text
 * and subscribers.
 */
export class Engine {
  readonly values = new Values()
  readonly options: EngineOptions
  readonly compiles: boolean
  normaliser: Normaliser
  network: Network
  machine: Machine
  /** Rules that are kept up to date. */
  rules: readonly Clause[] = []
  /** Grows with each change of the rules. */
  version = 0
  /** Grows with each change at all. */
  stamp = 0
  /** Answers to queries that are followed: brought up to date with each transaction. */
  readonly views = new Set<View>()
  readonly #writer = createWriter(this)
  #isBusy = false
  #touched = 0
  #changed = 0

  constructor(options: EngineOptions) {
    this.options = options
    this.compiles = (options.compile ?? true) && mayCompile()
    ;({ normaliser: this.normaliser, machine: this.machine } = this.#build([], []))
    this.network = new Network(partsOf(this.normaliser), this.#settingsOf(this.machine))
  }

  get touched(): number {
    return this.#touched
  }

  get changed(): number {
    return this.#changed
  }

  findRelation(name: string): Relation | undefined {
    return this.normaliser.relations.get(name)
  }

  /** A relation that no rule mentions is made for its first fact. */
  getRelation(name: string, arity: number): Relation {
    const found = this.findRelation(name)
    if (found) return found
    const relation = this.normaliser.relation(name, arity)
    const parts = { relations: [relation], rules: [], aggregates: [] }
    this.network.append(new Network(parts, this.#settingsOf(this.machine)))
    return relation
  }

  /**
   * Replaces the rules, adds facts, and works everything out anew; on any error all stays as it was.
   * `arities` are relations that must be there even if no rule mentions them.
   */
  setRules(
    rules: readonly Clause[],
    facts: readonly Clause[],
    arities: ReadonlyMap<string, number>,
  ): void {
    this.#whileBusy(() => {
      const { normaliser, machine } = this.#build(rules, [...arities])
      for (const old of this.normaliser.relations.values())
        if (!old.isHidden) copyAsserted(old, normaliser.relation(old.name, old.arity))
      for (const { head } of facts) {
        const relation = normaliser.relation(head.relation, head.terms.length)
        assertFact(relation, head, this.values)
      }
      const network = new Network(partsOf(normaliser), this.#settingsOf(machine))
      network.evaluate(true)
      network.commit()
      Object.assign(this, { normaliser, machine, network, rules })
      this.version += 1
      this.stamp += 1
      sweepIfDue(this)
    })
  }

  /** Runs operations as one change; when one throws, or a rule does, nothing has happened. */
  transact(operations: (writer: Writer) => void, onChange: OnChange): void {
    this.#whileBusy(() => {
      try {
        this.machine.touched = 0
        operations(this.#writer)
        followChange(this.network)
      } catch (error) {
        this.network.rollback()
        throw error
      }
      const visible = this.network.relations.filter(hasChanged).filter(({ isHidden }) => !isHidden)
      this.#changed = visible.reduce(
        (sum, { added, removed }) => sum + added.length + removed.length,
        0,
      )
      this.#touched = this.machine.touched
      for (const view of this.views) followView(view)
      onChange(visible)
      this.network.commit()
      for (const { network } of this.views) network.commit()
      this.stamp += 1
      sweepIfDue(this)
    })
  }

  has(name: string, row: Row): boolean {
    const relation = this.findRelation(name)
    return relation !== undefined && this.findRow(relation, row) >= 0
  }

  /** The number of the row that holds these values now, or -1. */
  findRow(relation: Relation, row: Row): number {
    for (let place = 0; place < relation.arity; place += 1) {
      const code = this.values.find(row[place] as Value)
      if (code === undefined) return -1
      relation.key[place] = code
    }
    const found = relation.find()
    return found >= 0 && (relation.state[found] as number) & isNew ? found : -1
  }

  /** Every asserted fact, with its relation's name. */
  assertedRows(): [relation: string, row: Row][] {
    return [...this.normaliser.relations.values()].flatMap((relation) => {
      const rows: [string, Row][] = []
      for (let row = 0; row < relation.used; row += 1)
        if ((relation.state[row] as number) & isAsserted)
          rows.push([relation.name, this.decodeRow(relation, row)])
      return rows
    })
  }

  decodeRow(relation: Relation, row: number): Value[] {
    const { columns } = relation
    const decoded: Value[] = []
    for (let place = 0; place < columns.length; place += 1)
      decoded.push(this.values.decode((columns[place] as Int32Array)[row] as number))
    return decoded
  }

  #settingsOf(machine: Machine): PlanSettings {
    return { machine, compiles: this.compiles, isRanked: this.options.isRanked ?? true }
  }

  #build(rules: readonly Clause[], arities: readonly (readonly [string, number])[]) {
    const normaliser = new Normaliser(this.values, { isRecursive: createDependence(rules) })
    for (const [name, arity] of arities) normaliser.relation(name, arity)
    for (const clause of rules) normaliser.addClause(clause, () => formatClause(clause))
    return {
      normaliser,
      machine: new Machine(this.values, new Budget(normaliser.rules, this.options)),
    }
  }

  #whileBusy(work: () => void): void {
    if (this.#isBusy)
      throw new DatalogError([
        {
          code: 'usage',
          message: 'A change was begun inside another.',
          hint: 'Use the transaction that is given.',
        },
      ])
    this.#isBusy = true
    try {
      work()
    } finally {
      this.#isBusy = false
    }
  }
}
