/**
 * What a program's text means: the one syntax tree of both spellings, of the builder and of queries.
 * Plain readonly data; spans point into the text it came from.
 */

/** A half-open piece of the text, in UTF-16 units. `line` and `column` count from 1. */
export interface Span {
  readonly start: number
  readonly end: number
  readonly line: number
  readonly column: number
}

/** What a column holds. `findall` and `collect` also give lists, which nothing looks into. */
export type Value = string | number | readonly Value[]

export interface Variable {
  readonly kind: 'variable'
  /** `_` stands for a fresh variable each time. */
  readonly name: string
  readonly span: Span
}

export interface Constant {
  readonly kind: 'constant'
  readonly value: Value
  readonly span: Span
}

export type Operator = '+' | '-' | '*' | '/' | 'mod'

export interface Arithmetic {
  readonly kind: 'arithmetic'
  readonly operator: Operator
  readonly left: Expression
  readonly right: Expression
  readonly span: Span
}

export type Term = Variable | Constant
export type Expression = Term | Arithmetic

/** `parent(X, ann)`. A zero-arity atom has no terms. */
export interface Atom {
  readonly relation: string
  readonly terms: readonly Term[]
  readonly span: Span
}

export interface PositiveLiteral {
  readonly kind: 'atom'
  readonly atom: Atom
  readonly span: Span
}

export interface NegativeLiteral {
  readonly kind: 'not'
  readonly atom: Atom
  readonly span: Span
}

export type Comparator = '<' | '<=' | '>' | '>=' | '=' | '!='

/** `=` gives a variable its value when the other side is known; `is(X, E)` is read as `X = E`. */
export interface Comparison {
  readonly kind: 'comparison'
  readonly operator: Comparator
  readonly left: Expression
  readonly right: Expression
  readonly span: Span
}

export type AggregateOperator = 'count' | 'sum' | 'min' | 'max' | 'collect'

/** `N = count{ T1, T2 : body }`, `count(N, T1, goal)`; `findall` is read as `collect`. */
export interface Aggregate {
  readonly kind: 'aggregate'
  readonly operator: AggregateOperator
  readonly result: Term
  /** At least one. */
  readonly terms: readonly Term[]
  readonly body: readonly BasicLiteral[]
  readonly span: Span
}

/** What may stand between an aggregate's braces. */
export type BasicLiteral = PositiveLiteral | NegativeLiteral | Comparison
export type Literal = BasicLiteral | Aggregate

/** A rule, or a fact when the body is empty: all terms of its head are then constants. */
export interface Clause {
  readonly kind: 'clause'
  readonly head: Atom
  readonly body: readonly Literal[]
  readonly span: Span
}

/** `?- p(X), q(X).` */
export interface Query {
  readonly kind: 'query'
  readonly body: readonly Literal[]
  readonly span: Span
}

export interface Program {
  /** The text the spans point into; for a template, with one U+FFFC for each value. */
  readonly text: string
  readonly clauses: readonly Clause[]
  readonly queries: readonly Query[]
}
