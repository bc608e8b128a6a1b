import type { Aggregate, Atom, Comparison, Expression, Literal, Term } from '../language/syntax.ts'
import { NaiveError } from './naive-values.ts'

/** A body's literals in an order in which each has the values it needs. */
export interface Step {
  readonly literal: Literal
  /** Of an aggregate: what stands between the braces. */
  readonly inner: readonly Step[]
  /** Of an aggregate: the variables of its group that what stands between the braces gives their values. */
  readonly given: readonly string[]
}

/**
 * Puts a body in order: what can be checked at once, then positive literals as written, then
 * aggregates, and arithmetic last, so that it only meets bindings that satisfy everything else.
 */
export function planBody(body: readonly Literal[], head: readonly string[]): readonly Step[] {
  return orderLiterals(body, new Set(), (aggregate) => findGroup(aggregate, body, head))
}

/** The variables inside the braces that also stand outside of them. */
export function findGroup(
  aggregate: Aggregate,
  body: readonly Literal[],
  head: readonly string[],
): readonly string[] {
  const outside = new Set([...head, ...body.flatMap(outerVariables)])
  const inside = [
    ...aggregate.terms.flatMap(variablesOf),
    ...aggregate.body.flatMap(outerVariables),
  ]
  return [...new Set(inside)].filter((name) => outside.has(name))
}

/** Of an aggregate only its result: what is between the braces is not seen from outside. */
export function outerVariables(literal: Literal): readonly string[] {
  switch (literal.kind) {
    case 'atom':
    case 'not':
      return atomVariables(literal.atom)
    case 'comparison':
      return [...variablesOf(literal.left), ...variablesOf(literal.right)]
    case 'aggregate':
      return variablesOf(literal.result)
  }
}

export function atomVariables(atom: Atom): readonly string[] {
  return atom.terms.flatMap(variablesOf)
}

/** Named variables; `_` is none. */
function variablesOf(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'constant':
      return []
    case 'variable':
      return expression.name === '_' ? [] : [expression.name]
    case 'arithmetic':
      return [...variablesOf(expression.left), ...variablesOf(expression.right)]
  }
}

type Group = (aggregate: Aggregate) => readonly string[]

function orderLiterals(
  body: readonly Literal[],
  bound: ReadonlySet<string>,
  group: Group,
): readonly Step[] {
  const known = new Set(bound)
  const waiting = [...body]
  const steps: Step[] = []
  while (waiting.length > 0) {
    const chosen = choices
      .map((choice) => waiting.find((literal) => choice(literal) && isReady(literal, known, group)))
      .find((literal) => literal !== undefined)
    if (chosen === undefined) throw new NaiveError('unsafe: no literal has the values it needs')
    waiting.splice(waiting.indexOf(chosen), 1)
    const names = chosen.kind === 'aggregate' ? group(chosen) : []
    const outer = new Set(names.filter((name) => known.has(name)))
    steps.push({
      literal: chosen,
      inner: chosen.kind === 'aggregate' ? orderLiterals(chosen.body, outer, () => []) : [],
      given: names.filter((name) => !outer.has(name)),
    })
    for (const name of names) known.add(name)
    if (chosen.kind !== 'not') for (const name of outerVariables(chosen)) known.add(name)
  }
  return steps
}

const choices: readonly ((literal: Literal) => boolean)[] = [
  (literal) => literal.kind === 'not' || (literal.kind === 'comparison' && !calculates(literal)),
  (literal) => literal.kind === 'atom',
  (literal) => literal.kind === 'aggregate',
  () => true,
]

function calculates({ left, right }: Comparison): boolean {
  return left.kind === 'arithmetic' || right.kind === 'arithmetic'
}

function isReady(literal: Literal, known: ReadonlySet<string>, group: Group): boolean {
  const has = (name: string) => known.has(name)
  switch (literal.kind) {
    case 'atom':
      return true
    case 'not':
      return atomVariables(literal.atom).every(has)
    case 'aggregate':
      return group(literal).every((name) => has(name) || givesItself(literal, name))
    case 'comparison': {
      const left = variablesOf(literal.left).every(has)
      const right = variablesOf(literal.right).every(has)
      if (literal.operator !== '=') return left && right
      return (left && (right || isVariable(literal.right))) || (right && isVariable(literal.left))
    }
  }
}

/** A group that has no tuples has no minimum, so the tuples themselves tell which groups there are. */
function givesItself({ operator, body }: Aggregate, name: string): boolean {
  if (operator !== 'min' && operator !== 'max') return false
  return body.some(
    (literal) => literal.kind === 'atom' && atomVariables(literal.atom).includes(name),
  )
}

function isVariable(expression: Expression): expression is Term {
  return expression.kind === 'variable'
}
