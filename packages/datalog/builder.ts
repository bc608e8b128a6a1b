import type { Columns, RowOf, Schema } from './contract.ts'
import type {
  Aggregate,
  AggregateOperator,
  Arithmetic,
  BasicLiteral,
  Clause,
  Comparator,
  Comparison,
  Constant,
  Expression,
  Literal,
  NegativeLiteral,
  Operator,
  PositiveLiteral,
  Term,
  Value,
  Variable,
} from './language/syntax.ts'

/**
 * Rules as typed values, for programs that make them: the same syntax tree as the text's, so that both mix.
 *
 *     const { is_a, sub } = relations(schema)
 *     const [post, type, sup] = variables('Post', 'Type', 'Sup')
 *     db.add({ clauses: [rule(is_a({ post, type: sup }), is_a({ post, type }), sub({ sub: type, sup }))] })
 */

const span = { start: 0, end: 0, line: 1, column: 1 }

/** What may stand for a value in an atom. */
export type Argument<T extends Value = Value> = T | Variable
/** What may stand for a number in a comparison. */
export type Operand = Value | Variable | Arithmetic

export type Arguments<S extends Schema, Name extends keyof S & string> = {
  readonly [Column in keyof RowOf<S, Name>]: Argument<Extract<RowOf<S, Name>[Column], Value>>
}

/** A literal; it is also its atom, so that it can be a rule's head. */
export type AtomMaker<S extends Schema, Name extends keyof S & string> = (
  columns: Partial<Arguments<S, Name>>,
) => PositiveLiteral

/** A function for each relation of a schema; a column that is left out may hold anything. */
export function relations<const S extends Schema>(
  schema: S,
): { readonly [Name in keyof S & string]: AtomMaker<S, Name> } {
  const makers = Object.entries(schema).map(([name, columns]) => [name, createMaker(name, columns)])
  return Object.fromEntries(makers) as { readonly [Name in keyof S & string]: AtomMaker<S, Name> }
}

function createMaker(name: string, columns: Columns) {
  return (given: Readonly<Record<string, Argument | undefined>>): PositiveLiteral => {
    const wrong = Object.keys(given).find((column) => !(column in columns))
    if (wrong !== undefined) throw new TypeError(`${name} has no column ${wrong}`)
    return atom(name, ...Object.keys(columns).map((column) => given[column] ?? anything))
  }
}

/** An atom of a relation whose columns have no names. */
export function atom(relation: string, ...values: readonly Argument[]): PositiveLiteral {
  return { kind: 'atom', atom: { relation, terms: values.map(toTerm), span }, span }
}

export function variables<const Names extends readonly string[]>(
  ...names: Names
): { readonly [Place in keyof Names]: Variable } {
  return names.map((name) => variable(name)) as { readonly [Place in keyof Names]: Variable }
}

function variable(name: string): Variable {
  return { kind: 'variable', name, span }
}

/** `_`: a fresh variable each time. */
export const anything: Variable = variable('_')

/** A rule, or a fact when there is no body. */
export function rule(head: PositiveLiteral, ...body: readonly Literal[]): Clause {
  return { kind: 'clause', head: head.atom, body, span }
}

export function not({ atom: inner }: PositiveLiteral): NegativeLiteral {
  return { kind: 'not', atom: inner, span }
}

/** `compare(age, '>=', 18)`; `compare(next, '=', calculate(n, '+', 1))` gives `next` its value. */
export function compare(left: Operand, operator: Comparator, right: Operand): Comparison {
  return {
    kind: 'comparison',
    operator,
    left: toExpression(left),
    right: toExpression(right),
    span,
  }
}

export function calculate(left: Operand, operator: Operator, right: Operand): Arithmetic {
  return {
    kind: 'arithmetic',
    operator,
    left: toExpression(left),
    right: toExpression(right),
    span,
  }
}

export interface Gathering {
  /** The tuples that are gathered: their distinct values. */
  readonly of: readonly Variable[]
  readonly where: readonly BasicLiteral[]
}

/** `aggregate(n, 'count', { of: [post], where: [inst({ post, type })] })` */
export function aggregate(
  result: Argument,
  operator: AggregateOperator,
  { of, where }: Gathering,
): Aggregate {
  return { kind: 'aggregate', operator, result: toTerm(result), terms: of, body: where, span }
}

function toTerm(value: Argument): Term {
  return isNode(value) ? value : ({ kind: 'constant', value, span } satisfies Constant)
}

function toExpression(value: Operand): Expression {
  return isNode(value) ? value : { kind: 'constant', value, span }
}

function isNode<Node extends { readonly kind: string }>(value: Value | Node): value is Node {
  return typeof value === 'object' && 'kind' in value
}
