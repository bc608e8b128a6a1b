import type { Rule, RuleAtom } from '../plan/rule.ts'
import type { Outcome } from '../plan/steps.ts'
import type { Relation } from '../store/relation.ts'
import { isNew, isOld } from '../store/state.ts'
import type { NumberedRule } from './counting.ts'
import { LazyPlan, type PlanSettings } from './lazy-plan.ts'

/** A rule of a recursive component, with a plan for each way in which it is asked. */
export interface RecursiveRule {
  readonly rule: Rule
  /** Finds one instance of a given head. */
  readonly support: LazyPlan
  readonly full: LazyPlan
  /** Atoms of relations before this component. */
  readonly lower: readonly Change[]
  /** Atoms of this component. */
  readonly own: readonly Change[]
}

interface Change {
  readonly atom: RuleAtom
  /** Heads of instances that a row which goes was part of, in the state before. */
  readonly lost: LazyPlan
  /** Heads of instances that a row which comes is part of, in the state after. */
  readonly found: LazyPlan
}

/** `own` are the relations of the component. */
export function createRecursiveRule(
  { rule, number }: NumberedRule,
  own: ReadonlySet<Relation>,
  settings: PlanSettings,
): RecursiveRule {
  const plan = (outcome: Outcome, given?: number, mask = isNew) =>
    new LazyPlan(
      {
        rule,
        ruleNumber: number,
        outcome,
        own,
        maskOf: () => mask,
        ...(given === undefined ? {} : { given }),
      },
      settings,
    )
  const changes = rule.body.flatMap((literal, place) =>
    literal.kind === 'atom'
      ? [{ atom: literal, lost: plan('examine', place, isOld), found: plan('derive', place) }]
      : [],
  )
  return {
    rule,
    support: plan('support', -1),
    full: plan('derive'),
    lower: changes.filter(({ atom }) => !own.has(atom.relation)),
    own: changes.filter(({ atom }) => own.has(atom.relation)),
  }
}
