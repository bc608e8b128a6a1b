import { better, foldCodes, numberOf } from '../plan/fold.ts'
import type { AggregateNode } from '../plan/rule.ts'
import { Relation } from '../store/relation.ts'
import { isNew, isOld } from '../store/state.ts'
import { type Component, hasChanged } from './component.ts'
import { settle } from './counting.ts'
import type { PlanSettings } from './lazy-plan.ts'

/** What a transaction did to one group. */
interface GroupChange {
  readonly added: number[]
  readonly removed: number[]
}

/**
 * A row for each group that has tuples: its columns and the value. Count and sum follow the change; min and
 * max look through their group again only when the extreme has gone; a list is made anew.
 */
export function createAggregate(node: AggregateNode, settings: PlanSettings): Component {
  const { operator, tuples, output, groupSize, text } = node
  const { machine } = settings
  const { values } = machine
  const fold = { operator, values, text }
  const groupColumns = Array.from({ length: groupSize }, (_, place) => place)
  /** Counts the tuples of each group. */
  const groups = new Relation(`${output.name} groups`, groupSize, true)
  /** Counts those whose first term is not an integer, whose sum depends on the order. */
  const fractions = new Relation(`${output.name} fractions`, groupSize, true)
  const byGroup = output.indexOn(groupColumns)

  return {
    kind: 'aggregate',
    relations: [output, groups, fractions],
    evaluate() {
      if (!hasChanged(tuples)) return
      const changes = new Map<number, GroupChange>()
      for (const [list, sign] of [
        [tuples.added, 1],
        [tuples.removed, -1],
      ] as const)
        for (let place = 0; place < list.length; place += 1)
          note(changes, list.items[place] as number, sign)
      settle(groups)
      settle(fractions)
      for (const [group, change] of changes) setValue(group, change)
    },
  }

  function note(changes: Map<number, GroupChange>, tuple: number, sign: 1 | -1): void {
    copyGroup(tuples, tuple, groups)
    const group = groups.put()
    machine.count(groups, group, sign)
    if (operator === 'count' || operator === 'collect') {
      if (!changes.has(group)) changes.set(group, noChange)
      return
    }
    const code = (tuples.columns[groupSize] as Int32Array)[tuple] as number
    if (operator === 'sum' && isFraction(code)) {
      copyGroup(tuples, tuple, fractions)
      machine.count(fractions, fractions.put(), sign)
    }
    let change = changes.get(group)
    if (!change) changes.set(group, (change = { added: [], removed: [] }))
    ;(sign > 0 ? change.added : change.removed).push(code)
  }

  function setValue(group: number, change: GroupChange): void {
    copyGroup(groups, group, output)
    byGroup.key.set(output.key.subarray(0, groupSize))
    let before = byGroup.first()
    while (before >= 0 && ((output.state[before] as number) & isOld) === 0)
      before = byGroup.next[before] as number
    const old =
      before < 0 ? undefined : ((output.columns[groupSize] as Int32Array)[before] as number)
    const isThere = ((groups.state[group] as number) & isNew) !== 0
    const code = isThere ? aggregate(group, change, old) : undefined
    if (code === old) return
    if (before >= 0) {
      output.state[before] = (output.state[before] as number) & ~isNew
      output.removed.push(before)
    }
    if (code === undefined) return
    copyGroup(groups, group, output)
    output.key[groupSize] = code
    const row = output.put()
    output.state[row] = (output.state[row] as number) | isNew
    output.added.push(row)
  }

  function aggregate(group: number, change: GroupChange, old: number | undefined): number {
    if (operator === 'count') return values.encode(groups.support[group] as number)
    if (operator === 'sum') return addUp(group, change, old)
    const { added, removed } = change
    const keepsExtreme = operator !== 'collect' && old !== undefined && !removed.includes(old)
    if (keepsExtreme) return added.reduce((left, right) => better(fold, left, right), old)
    return foldGroup(group)
  }

  /** Follows the change while everything is an integer, now and before. */
  function addUp(group: number, change: GroupChange, old: number | undefined): number {
    copyGroup(groups, group, fractions)
    const fraction = fractions.find()
    const state = fraction < 0 ? 0 : (fractions.state[fraction] as number)
    if (state & (isOld | isNew)) return foldGroup(group)
    let sum = old === undefined ? 0 : numberOf(fold, old)
    let isExact = true
    const follow = (code: number, sign: number) => {
      sum += sign * numberOf(fold, code)
      isExact &&= Number.isSafeInteger(sum)
    }
    for (const code of change.added) follow(code, 1)
    for (const code of change.removed) follow(code, -1)
    return isExact ? values.encode(sum) : foldGroup(group)
  }

  /** From all of its tuples. */
  function foldGroup(group: number): number {
    return foldCodes(fold, rowsOf(group).map(firstTerm)) as number
  }

  function rowsOf(group: number): number[] {
    const index = tuples.indexOn(groupColumns)
    for (const place of groupColumns)
      index.key[place] = (groups.columns[place] as Int32Array)[group] as number
    const rows = []
    for (let row = index.first(); row >= 0; row = index.next[row] as number)
      if ((tuples.state[row] as number) & isNew) rows.push(row)
    return rows
  }

  function firstTerm(row: number): number {
    return (tuples.columns[groupSize] as Int32Array)[row] as number
  }

  function isFraction(code: number): boolean {
    return !Number.isInteger(numberOf(fold, code))
  }
}

const noChange: GroupChange = { added: [], removed: [] }

function copyGroup(from: Relation, row: number, to: Relation): void {
  for (let place = 0; place < Math.min(from.arity, to.arity); place += 1)
    to.key[place] = (from.columns[place] as Int32Array)[row] as number
}
