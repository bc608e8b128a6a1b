import type { AggregateOperator, Comparator, Operator, Value } from '../language/syntax.ts'
import type { Relation } from '../store/relation.ts'
import type { Machine } from './machine.ts'

/** Rules as the evaluator runs them: relations resolved, variables numbered, constants as codes. */

export type RuleTerm =
  | { readonly kind: 'variable'; readonly variable: number }
  | { readonly kind: 'constant'; readonly code: number }
  /** `_`: any value. */
  | { readonly kind: 'any' }

export type RuleExpression =
  | RuleTerm
  | {
      readonly kind: 'arithmetic'
      readonly operator: Operator
      readonly left: RuleExpression
      readonly right: RuleExpression
      /** As written, for errors. */
      readonly text: string
    }

export interface RuleAtom {
  readonly kind: 'atom'
  readonly relation: Relation
  readonly terms: readonly RuleTerm[]
  /** Then no term is `_`. */
  readonly isNegated: boolean
  /** Derived rows do not count. */
  readonly onlyAsserted?: true
  /** What a proof shows for it. */
  readonly premise: Premise
}

export interface RuleComparison {
  readonly kind: 'comparison'
  readonly operator: Comparator
  readonly left: RuleExpression
  readonly right: RuleExpression
}

/** A value worked out from others: an aggregate whose group is only known within a recursion. */
export interface RuleFunction {
  readonly kind: 'function'
  readonly inputs: readonly RuleTerm[]
  readonly result: RuleTerm
  /** What it reads: all of components before the rule's own. */
  readonly relations: readonly Relation[]
  /** As written. */
  readonly text: string
  /** Undefined when there is no value. */
  readonly compute: (machine: Machine, inputs: readonly number[]) => number | undefined
  /** How many tuples the value was made of. */
  readonly count: (machine: Machine, inputs: readonly number[]) => number
}

export type RuleLiteral = RuleAtom | RuleComparison | RuleFunction

export type Premise =
  | { readonly kind: 'fact' }
  | { readonly kind: 'not'; readonly relation: string; readonly terms: readonly RuleTerm[] }
  | {
      readonly kind: 'aggregate'
      readonly text: string
      readonly group: readonly RuleTerm[]
      /** Group columns and then the aggregate's terms; one row a distinct tuple. */
      readonly tuples: Relation
      /** Undefined when the group is empty: then this is the value. */
      readonly empty: Value | undefined
    }
  /** Only there for the evaluator. */
  | { readonly kind: 'none' }

export interface Rule {
  readonly head: Relation
  readonly terms: readonly RuleTerm[]
  readonly body: readonly RuleLiteral[]
  /** By number; a generated one has no name. */
  readonly variables: readonly (string | undefined)[]
  /** As written, for proofs and for limits. */
  readonly text: string
  /** Then the body is one atom, and this gives the head's rows for each row of it. */
  readonly pull?: (row: number) => Iterable<readonly number[]>
}

/** `output` has the group's columns and the value; `tuples` is a set of the group's columns and the terms. */
export interface AggregateNode {
  readonly operator: AggregateOperator
  readonly tuples: Relation
  readonly output: Relation
  readonly groupSize: number
  readonly text: string
}
