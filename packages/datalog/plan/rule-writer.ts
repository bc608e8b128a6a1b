import type { BasicLiteral, Literal, Term, Value } from '../language/syntax.ts'
import type { Relation } from '../store/relation.ts'
import type { AggregateNode, RuleLiteral } from './rule.ts'
import type { Scope } from './scope.ts'

export interface RuleSource {
  readonly head: Relation
  readonly terms: readonly Term[]
  readonly body: readonly Literal[]
  /** Asked for when somebody is told of the rule. */
  readonly text: () => string
}

/** What the parts of normalising need of the whole. */
export interface RuleWriter {
  readonly aggregates: AggregateNode[]
  constant(value: Value): number
  addRule(source: RuleSource): void
  literal(literal: BasicLiteral, scope: Scope): RuleLiteral
  hidden(name: string, arity: number): Relation
  /** The distinct values of some columns. */
  projection(relation: Relation, columns: readonly number[]): Relation
  /** Whether a relation leads back to another through rules. */
  isRecursive(relation: string, head: string): boolean
}
