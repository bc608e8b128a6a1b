import type { Machine } from '../plan/machine.ts'
import type { Rule, RuleAtom } from '../plan/rule.ts'
import type { Relation } from '../store/relation.ts'
import { isAsserted, isFlipped, isNew, isOld, isQueued } from '../store/state.ts'
import { type Component, hasChanged, isBigChange, netFlips, noRows } from './component.ts'
import { LazyPlan, type PlanSettings } from './lazy-plan.ts'

export interface NumberedRule {
  readonly rule: Rule
  readonly number: number
}

interface CountingRule {
  readonly rule: Rule
  readonly full: LazyPlan
  /** For each atom of the body: its instances, with the atoms before it as they are now and those after it as they were. */
  readonly changes: readonly { readonly atom: RuleAtom; readonly plan: LazyPlan }[]
}

/**
 * One relation whose rules do not lead back to it. Each row counts its derivations, and is there while it has
 * one or is asserted: an insertion and a removal are the same work with another sign (Gupta, Mumick and
 * Subrahmanian 1993, Counting).
 */
export function createCounting(
  relation: Relation,
  rules: readonly NumberedRule[],
  settings: PlanSettings,
): Component {
  const counted = rules.map((rule) => prepareRule(rule, settings))
  const inputs = new Set(counted.flatMap(({ changes }) => changes.map(({ atom }) => atom.relation)))
  const { machine } = settings
  if (rules.length === 0)
    return {
      kind: 'asserted',
      relations: [relation],
      evaluate: () => assertOnly(relation, machine),
    }

  return {
    kind: 'counting',
    relations: [relation],
    evaluate(isFirst) {
      const flips = netFlips(relation)
      const changed = [...inputs].some(hasChanged)
      if (!isFirst && flips.length === 0 && !changed) return
      for (const row of flips) machine.queueForCount(relation, row)
      if (isBigChange(inputs, isFirst)) recompute()
      else {
        if (changed) for (const rule of counted) follow(rule)
        settle(relation)
      }
    },
  }

  function follow({ changes }: CountingRule): void {
    for (const { atom, plan } of changes) {
      const { added, removed } = atom.relation
      const sign = atom.isNegated ? -1 : 1
      if (added.length > 0) plan.get(added.length)(added.items, added.length, sign)
      if (removed.length > 0) plan.get(removed.length)(removed.items, removed.length, -sign)
    }
  }

  function recompute(): void {
    for (let row = 0; row < relation.used; row += 1) {
      if (relation.support[row] === 0) continue
      machine.queueForCount(relation, row)
      relation.support[row] = 0
    }
    for (const { rule, full } of counted) if (mayHold(rule)) full.get(sizeOf(rule))(noRows, 0, 1)
    const { added, before, flips, queue, state, used } = relation
    // Rows that were taken back are free, and among the others.
    if (before > 0 || flips.length > 0 || queue.length < used) return settle(relation)
    // All that is here has just been found.
    state.fill(isNew | isQueued, 0, used)
    added.take(queue)
  }
}

/** Without rules, a row is there while it is asserted. */
function assertOnly(relation: Relation, machine: Machine): void {
  const { flips, state, added, removed } = relation
  for (let place = 0; place < flips.length; place += 1) {
    const row = flips.items[place] as number
    const before = state[row] as number
    if ((before & isFlipped) === 0) continue
    machine.touched += 1
    const isThere = (before & isAsserted) !== 0
    state[row] = isThere ? before | isNew : before & ~isNew
    if (isThere) added.push(row)
    else removed.push(row)
  }
}

function prepareRule({ rule, number }: NumberedRule, settings: PlanSettings): CountingRule {
  const plan = (given?: number) => {
    const maskOf =
      given === undefined ? undefined : (literal: number) => (literal < given ? isNew : isOld)
    const options = { rule, outcome: 'count', ruleNumber: number } as const
    const more = given === undefined || maskOf === undefined ? {} : { given, maskOf }
    return new LazyPlan({ ...options, ...more }, settings)
  }
  const changes = rule.body.flatMap((literal, place) =>
    literal.kind === 'atom' ? [{ atom: literal, plan: plan(place) }] : [],
  )
  return { rule, full: plan(), changes }
}

/** Not while there is no row at all for one of its literals. */
export function mayHold({ body }: Rule): boolean {
  return body.every(
    (literal) => literal.kind !== 'atom' || literal.isNegated || literal.relation.size > 0,
  )
}

/** Rows that a rule looks through when it is worked out in full. */
export function sizeOf({ body }: Rule): number {
  return body.reduce(
    (sum, literal) => sum + (literal.kind === 'atom' ? literal.relation.size : 0),
    0,
  )
}

/** Which of the rows that were counted are there now. */
export function settle(relation: Relation): void {
  const { queue, state, support, added, removed } = relation
  let come = 0
  for (let place = 0; place < queue.length; place += 1) {
    const row = queue.items[place] as number
    const before = state[row] as number
    const isThere = (before & isAsserted) !== 0 || (support[row] as number) > 0
    state[row] = isThere ? before | isNew : before & ~isNew
    if (isThere && (before & isOld) === 0) come += 1
  }
  if (come === queue.length) return added.take(queue)
  for (let place = 0; place < queue.length; place += 1) {
    const row = queue.items[place] as number
    const change = (state[row] as number) & (isOld | isNew)
    if (change === isNew) added.push(row)
    else if (change === isOld) removed.push(row)
  }
}
