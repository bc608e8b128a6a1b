import type { Aggregate, BasicLiteral, Expression, Literal, Term, Variable } from './syntax.ts'

/** Named variables, in order, with repeats. `_` is none. */
export function variablesOf(expressions: readonly Expression[]): Variable[] {
  return allVariablesOf(expressions).filter(({ name }) => name !== '_')
}

/** With each `_`. */
export function allVariablesOf(expressions: readonly Expression[]): Variable[] {
  const found: Variable[] = []
  const open: Expression[] = expressions.toReversed()
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.kind === 'variable') found.push(next)
    else if (next.kind === 'arithmetic') open.push(next.right, next.left)
  }
  return found
}

/** What a literal is about; of an aggregate only its result, which is all of it outside the braces. */
export function outsideOf(literal: Literal): readonly Expression[] {
  if (literal.kind === 'comparison') return [literal.left, literal.right]
  return literal.kind === 'aggregate' ? [literal.result] : literal.atom.terms
}

/** Named variables between an aggregate's braces. */
export function insideVariables({ terms, body }: Aggregate): Variable[] {
  return [...variablesOf(terms), ...body.flatMap((literal) => variablesOf(outsideOf(literal)))]
}

/** Literals with those between braces. */
export function flattenBody(body: readonly Literal[]): readonly BasicLiteral[] {
  return body.flatMap((literal) => (literal.kind === 'aggregate' ? literal.body : [literal]))
}

/**
 * For each aggregate of a body, the variables of its group: those between its braces that also stand in
 * `head` or in another literal, outside that one's braces.
 */
export function groupsOf(
  head: readonly Term[],
  body: readonly Literal[],
): ReadonlyMap<Aggregate, ReadonlySet<string>> {
  const timesOutside = new Map<string, number>()
  for (const part of [head, ...body.map(outsideOf)]) {
    for (const name of namesOf(part)) timesOutside.set(name, (timesOutside.get(name) ?? 0) + 1)
  }
  const groups = new Map<Aggregate, ReadonlySet<string>>()
  for (const literal of body) {
    if (literal.kind !== 'aggregate') continue
    const own = namesOf([literal.result])
    const group = insideVariables(literal)
      .map(({ name }) => name)
      .filter((name) => (timesOutside.get(name) ?? 0) > (own.has(name) ? 1 : 0))
    groups.set(literal, new Set(group))
  }
  return groups
}

function namesOf(expressions: readonly Expression[]): Set<string> {
  return new Set(variablesOf(expressions).map(({ name }) => name))
}
