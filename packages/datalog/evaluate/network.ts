import { stronglyConnected } from '../language/strata.ts'
import type { Machine } from '../plan/machine.ts'
import type { Normaliser } from '../plan/normalise.ts'
import type { AggregateNode, Rule, RuleLiteral } from '../plan/rule.ts'
import type { Relation } from '../store/relation.ts'
import { isAsserted, isFlipped, isListed, isNew, isOld, isQueued } from '../store/state.ts'
import { createAggregate } from './aggregate.ts'
import { type Component, netFlips } from './component.ts'
import { createCounting } from './counting.ts'
import type { PlanSettings } from './lazy-plan.ts'
import { createRecursive } from './recursive.ts'

export interface NetworkParts {
  readonly relations: readonly Relation[]
  readonly rules: readonly Rule[]
  readonly aggregates: readonly AggregateNode[]
  /** Relations of one component, though they need not be. */
  readonly together?: readonly Relation[]
}

/** Components in the order of their dependence, and what a transaction does with all of them. */
export class Network {
  readonly components: Component[]
  /** Every relation, those of aggregates included. */
  readonly relations: Relation[]
  readonly #machine: Machine

  constructor(parts: NetworkParts, settings: PlanSettings) {
    this.#machine = settings.machine
    this.components = createComponents(parts, settings)
    this.relations = this.components.flatMap(({ relations }) => relations)
  }

  /** Relations on which none of those that are here depends. */
  append({ components, relations }: Network): void {
    this.components.push(...components)
    this.relations.push(...relations)
  }

  /** Throws a DatalogError when a rule cannot be worked out; the caller then rolls back. */
  evaluate(isFirst: boolean): void {
    this.#machine.budget.restart()
    for (const component of this.components) component.evaluate(isFirst)
  }

  /** The same after `evaluate` failed half-way, without a look at what was. Throws when it fails again. */
  evaluateAnew(): void {
    const flips = this.relations.flatMap((relation) =>
      netFlips(relation).map((row) => ({
        relation,
        key: relation.columns.map((column) => column[row] as number),
        isNow: ((relation.state[row] as number) & isAsserted) !== 0,
      })),
    )
    this.rollback()
    for (const { relation, key, isNow } of flips) {
      relation.key.set(key)
      relation.setAsserted(relation.put(), isNow)
    }
    this.evaluate(true)
  }

  /** Drops every row, also after an `evaluate` that failed. */
  clear(): void {
    for (const relation of this.relations) {
      if (relation.used > 0) relation.clear()
      clearLists(relation)
    }
  }

  commit(): void {
    for (const { kind, relations } of this.components)
      for (const relation of relations) commitRelation(relation, kind === 'asserted')
  }

  rollback(): void {
    const { candidates } = this.#machine
    while (candidates.length > 0) {
      const { relation, row } = candidates.pop()
      relation.state[row] = (relation.state[row] as number) & ~isQueued
    }
    for (const relation of this.relations) rollbackRelation(relation)
  }
}

export function partsOf({ relations, rules, aggregates }: Normaliser): NetworkParts {
  return { relations: [...relations.values()], rules, aggregates }
}

function createComponents(
  { relations, rules, aggregates, together = [] }: NetworkParts,
  settings: PlanSettings,
): Component[] {
  const numberOf = new Map(relations.map((relation, number) => [relation, number]))
  const rulesOf = relations.map((relation) =>
    rules.flatMap((rule, number) => (rule.head === relation ? [{ rule, number }] : [])),
  )
  const aggregateOf = new Map(aggregates.map((node) => [node.output, node]))
  const edges = relations.map((relation, number) => {
    const atoms = (rulesOf[number] ?? []).flatMap(({ rule }) => rule.body.flatMap(readBy))
    const { tuples } = aggregateOf.get(relation) ?? {}
    const others = together.includes(relation) ? together : []
    // Relations of another network are not in this one's order.
    return [...new Set([...atoms, ...(tuples ? [tuples] : []), ...others])].flatMap(
      (atom) => numberOf.get(atom) ?? [],
    )
  })
  return stronglyConnected(relations.length, (node) => edges[node] ?? []).map((nodes) => {
    const members = nodes.map((node) => relations[node] as Relation)
    const memberRules = nodes.flatMap((node) => rulesOf[node] ?? [])
    const [first = 0] = nodes
    const aggregate = aggregateOf.get(members[0] as Relation)
    if (aggregate) return createAggregate(aggregate, settings)
    const isRecursive = nodes.length > 1 || edges[first]?.includes(first)
    if (isRecursive) return createRecursive(members, memberRules, settings)
    return createCounting(members[0] as Relation, memberRules, settings)
  })
}

function readBy(literal: RuleLiteral): readonly Relation[] {
  if (literal.kind === 'atom') return [literal.relation]
  return literal.kind === 'function' ? literal.relations : []
}

function commitRelation(relation: Relation, isAssertedOnly: boolean): void {
  const { state, flips, queue, added, removed, undo } = relation
  if (flips.length + queue.length + added.length + removed.length + undo.length === 0) return
  const { before, used } = relation
  if (before === 0 && added.length === used && (isAssertedOnly || flips.length === 0)) {
    state.fill(isAssertedOnly ? isOld | isNew | isAsserted : isOld | isNew, 0, used)
    clearLists(relation)
    relation.before = used
    return
  }
  commitQueue(relation)
  for (let place = 0; place < flips.length; place += 1) {
    const row = flips.items[place] as number
    const now = state[row] as number
    // Those that were queued are done.
    if ((now & isListed) === 0) continue
    const kept = now & ~(isListed | isFlipped)
    if (kept & (isOld | isNew)) state[row] = kept
    else relation.erase(row)
  }
  // Of an aggregate's rows, of those without rules, and where all that was queued has come.
  if (queue.length === 0)
    for (let place = 0; place < added.length; place += 1) {
      const row = added.items[place] as number
      state[row] = ((state[row] as number) & ~isQueued) | isOld
    }
  for (let place = 0; place < removed.length; place += 1)
    relation.erase(removed.items[place] as number)
  clearLists(relation)
  relation.compact()
  relation.before = relation.size
}

/** Rows that were looked at. */
function commitQueue(relation: Relation): void {
  const { queue, state } = relation
  for (let place = 0; place < queue.length; place += 1) {
    const row = queue.items[place] as number
    const kept = (state[row] as number) & ~(isQueued | isListed | isFlipped)
    if (kept & isNew) state[row] = kept | isOld
    else if (kept & isOld) state[row] = kept
    else relation.erase(row)
  }
}

function rollbackRelation(relation: Relation): void {
  const { state, flips, queue, added, removed, undo } = relation
  while (undo.length > 0) {
    const support = undo.pop()
    relation.support[undo.pop()] = support
  }
  const rows = new Set<number>()
  for (const list of [flips, queue, added, removed])
    for (let place = 0; place < list.length; place += 1) rows.add(list.items[place] as number)
  for (const row of rows) {
    const now = state[row] as number
    const asserted = now & isFlipped ? now ^ isAsserted : now
    if (now & isOld) state[row] = (asserted & isAsserted) | isOld | isNew
    else relation.erase(row)
  }
  clearLists(relation)
  relation.compact()
}

function clearLists({ flips, queue, added, removed, undo }: Relation): void {
  for (const list of [flips, queue, added, removed, undo]) list.clear()
}
