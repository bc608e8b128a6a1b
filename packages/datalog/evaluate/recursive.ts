import type { IntList } from '../store/int-list.ts'
import type { Relation } from '../store/relation.ts'
import { isAsserted, isNew, isOld, isQueued } from '../store/state.ts'
import { type Component, hasChanged, isBigChange, netFlips, noRows } from './component.ts'
import { mayHold, type NumberedRule, sizeOf } from './counting.ts'
import type { LazyPlan, PlanSettings } from './lazy-plan.ts'
import { createRecursiveRule, type RecursiveRule } from './recursive-rule.ts'

const anyRank = 2 ** 31 - 1

/**
 * Relations that follow from each other. Each derived row has a rank: one more than the largest rank of the
 * rows of this component in the instance that derived it first; an asserted row has rank 0. Every derived
 * row has an instance whose ranks are all smaller than its own, so a row that has lost one is looked at alone:
 * it stays when another such instance is there, and otherwise goes with those that leaned on it (DRed of
 * Gupta et al. 1993, stopped early by the idea of Even and Shiloach 1981).
 */
export function createRecursive(
  relations: readonly Relation[],
  rules: readonly NumberedRule[],
  settings: PlanSettings,
): Component {
  const own = new Set(relations)
  const prepared = rules.map((rule) => createRecursiveRule(rule, own, settings))
  const byHead = new Map(
    relations.map((relation) => [relation, prepared.filter(({ rule }) => rule.head === relation)]),
  )
  const inputs = new Set(prepared.flatMap(({ lower }) => lower.map(({ atom }) => atom.relation)))
  /** What is read in other ways than by atoms: a change of it is not followed. */
  const called = new Set(
    rules.flatMap(({ rule }) =>
      rule.body.flatMap((literal) => (literal.kind === 'function' ? literal.relations : [])),
    ),
  )
  const ownChanges = new Map(
    relations.map((relation) => [
      relation,
      prepared.flatMap((rule) => rule.own.filter(({ atom }) => atom.relation === relation)),
    ]),
  )
  const { machine, until } = settings
  const one = new Int32Array(1)

  return {
    kind: 'recursive',
    relations,
    evaluate(isFirst) {
      const flips = relations.flatMap((relation) =>
        netFlips(relation).map((row) => ({ relation, row })),
      )
      const isAnew = [...called].some(hasChanged)
      if (!isFirst && !isAnew && flips.length === 0 && ![...inputs].some(hasChanged)) return
      const isRecomputed = isAnew || isBigChange(inputs, isFirst)
      if (isRecomputed) removeAll()
      else removeUnsupported(flips)
      for (const { relation, row } of flips)
        if (isAssertedNow(relation, row)) addAsserted(relation, row)
      if (isRecomputed)
        for (const { rule, full, own: atoms } of prepared)
          if (atoms.length === 0 && mayHold(rule)) full.get(sizeOf(rule))(noRows, 0, 0)
      if (!isRecomputed) for (const rule of prepared) addFromLower(rule)
      addFromOwn()
      for (const relation of relations) settle(relation)
    },
  }

  function removeUnsupported(flips: readonly { relation: Relation; row: number }[]): void {
    for (const { relation, row } of flips)
      if (!isAssertedNow(relation, row)) machine.examine(relation, row, -1)
    for (const { lower } of prepared)
      for (const { atom, lost } of lower)
        runOn(lost, atom.isNegated ? atom.relation.added : atom.relation.removed)
    const { candidates } = machine
    while (candidates.length > 0) {
      const { relation, row, rank } = candidates.pop()
      const state = (relation.state[row] as number) & ~isQueued
      relation.state[row] = state
      if (state & isAsserted || findSupport(relation, row, rank) > 0) continue
      relation.state[row] = state & ~isNew
      relation.removed.push(row)
      one[0] = row
      for (const { lost } of ownChanges.get(relation) ?? []) lost.get(1)(one, 1, 0)
    }
    for (const relation of relations) addAgain(relation)
  }

  /** Some of what went may have support that only seemed to lean on it. */
  function addAgain(relation: Relation): void {
    const { removed } = relation
    for (let place = 0; place < removed.length; place += 1) {
      const row = removed.items[place] as number
      if ((relation.state[row] as number) & isNew) continue
      const rank = findSupport(relation, row, anyRank)
      if (rank > 0) machine.derive(relation, row, rank)
    }
  }

  /** The rank of an instance all of whose ranks are below the limit; 0 when there is none. */
  function findSupport(relation: Relation, row: number, limit: number): number {
    one[0] = row
    for (const { support } of byHead.get(relation) ?? []) {
      const rank = support.get(1)(one, 1, limit)
      if (rank > 0) return rank
    }
    return 0
  }

  function removeAll(): void {
    for (const relation of relations) {
      const { state, removed, used } = relation
      for (let row = 0; row < used; row += 1) {
        const before = state[row] as number
        if ((before & isNew) === 0) continue
        if (before & isAsserted) relation.queue.push(row)
        else {
          state[row] = before & ~isNew
          removed.push(row)
          machine.touched += 1
        }
      }
    }
  }

  function addAsserted(relation: Relation, row: number): void {
    const state = relation.state[row] as number
    if (state & isNew) {
      machine.remember(relation, row)
      relation.support[row] = 0
    } else machine.derive(relation, row, 0)
  }

  function addFromLower({ lower }: RecursiveRule): void {
    for (const { atom, found } of lower)
      runOn(found, atom.isNegated ? atom.relation.removed : atom.relation.added)
  }

  /** Semi-naive: each row that comes is joined once with all that are there. */
  function addFromOwn(): void {
    const done = new Map(relations.map((relation) => [relation, 0]))
    for (let isBusy = true; isBusy;) {
      isBusy = false
      for (const relation of relations) {
        const from = done.get(relation) ?? 0
        const to = relation.queue.length
        if (from === to) continue
        isBusy = true
        done.set(relation, to)
        const rows = relation.queue.items.subarray(from, to)
        for (const { found } of ownChanges.get(relation) ?? [])
          found.get(to - from)(rows, to - from, 0)
        if (until && until.queue.length > 0) return
      }
    }
  }
}

function isAssertedNow(relation: Relation, row: number): boolean {
  return ((relation.state[row] as number) & isAsserted) !== 0
}

function runOn(plan: LazyPlan, { items, length }: IntList): void {
  if (length > 0) plan.get(length)(items, length, 0)
}

function settle({ before, queue, removed, added, state }: Relation): void {
  if (before === 0) return added.take(queue)
  let kept = 0
  for (let place = 0; place < removed.length; place += 1) {
    const row = removed.items[place] as number
    if (((state[row] as number) & isNew) === 0) removed.items[kept++] = row
  }
  removed.length = kept
  let come = 0
  while (come < queue.length && ((state[queue.items[come] as number] as number) & isOld) === 0)
    come += 1
  if (come === queue.length) return added.take(queue)
  for (let place = 0; place < queue.length; place += 1) {
    const row = queue.items[place] as number
    if (((state[row] as number) & isOld) === 0) added.push(row)
  }
}
