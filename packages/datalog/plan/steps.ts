import type { Comparator } from '../language/syntax.ts'
import type { Relation } from '../store/relation.ts'
import type { Rule, RuleExpression, RuleFunction, RuleTerm } from './rule.ts'

/** One column of a row that a step has found: gives a variable its value, or must agree. */
export interface ColumnAction {
  readonly place: number
  readonly binds: boolean
  readonly term: RuleTerm
}

interface RowParts {
  readonly relation: Relation
  /** Bits of the state, of which a row must have one. */
  readonly mask: number
  readonly columns: readonly ColumnAction[]
  /** Counts for the rank of the head. */
  readonly isRanked: boolean
  /** Which literal of the body this is; -1 is the head. */
  readonly literal: number
}

/** The nested loops of a rule, outermost first. */
export type Step =
  /** Each of the rows given: the change of a literal's relation, or the head to be supported. */
  | (RowParts & { readonly kind: 'rows' })
  | (RowParts & { readonly kind: 'scan' })
  /** The rows that agree in some columns, by an index on them. */
  | (RowParts & {
      readonly kind: 'probe'
      readonly index: readonly number[]
      readonly keys: readonly RuleTerm[]
    })
  /** The one row whose columns are all known. */
  | (RowParts & { readonly kind: 'lookup'; readonly keys: readonly RuleTerm[] })
  | (RowParts & { readonly kind: 'absent'; readonly keys: readonly RuleTerm[] })
  | {
      readonly kind: 'compare'
      readonly operator: Comparator
      readonly left: RuleExpression
      readonly right: RuleExpression
      readonly literal: number
    }
  | {
      readonly kind: 'assign'
      readonly variable: number
      readonly expression: RuleExpression
      readonly literal: number
    }
  | {
      readonly kind: 'call'
      readonly literal: number
      readonly called: RuleFunction
      readonly variable: number | undefined
    }

export type RowStep = Exclude<Step, { kind: 'compare' | 'assign' | 'call' }>

/** What is done with each instance that the steps find. */
export type Outcome =
  /** Adds the argument to the head's count of derivations. */
  | 'count'
  /** Adds the head, with a rank. */
  | 'derive'
  /** The head may have lost its support. */
  | 'examine'
  /** Stops at the first; the answer is the rank it gives. */
  | 'support'

export interface Plan {
  readonly rule: Rule
  readonly steps: readonly Step[]
  readonly outcome: Outcome
  /** Number of the rule, for limits. */
  readonly ruleNumber: number
}

/**
 * Runs a plan over the first `count` of the rows (a plan without given rows ignores them). `argument` is the
 * sign for `count`, and for `support` the rank that all premises must be below; there the answer is the rank
 * found, or 0.
 */
export type RunPlan = (rows: Int32Array, count: number, argument: number) => number
