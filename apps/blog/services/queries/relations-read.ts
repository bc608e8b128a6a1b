import type { Clause, Expression, Literal } from '@rose-ash/datalog'

/** Relations that these literals read, also within aggregates. */
export function relationsIn(body: readonly Literal[]): string[] {
  return body.flatMap((literal) => {
    if (literal.kind === 'comparison') return []
    if (literal.kind === 'aggregate') return relationsIn(literal.body)
    return [literal.atom.relation]
  })
}

/** Those, and whatever the rules of the relations among them read. */
export function relationsBehind(
  body: readonly Literal[],
  clauses: readonly Clause[],
): ReadonlySet<string> {
  const found = new Set<string>()
  const open = relationsIn(body)
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue
    found.add(name)
    for (const clause of clauses)
      if (clause.head.relation === name) open.push(...relationsIn(clause.body))
  }
  return found
}

/** The first variable with a name that stands in a question, and not only within an aggregate's braces. */
export function findFirstVariable(body: readonly Literal[]): string | undefined {
  for (const literal of body) {
    const found = termsOf(literal)
      .map(firstNameIn)
      .find((name) => name !== undefined)
    if (found !== undefined) return found
  }
  return undefined
}

/** Whether to answer it takes neither arithmetic nor an aggregate, so that nothing in it can fail. */
export function isPlainBody(body: readonly Literal[]): boolean {
  return body.every(
    (literal) =>
      literal.kind !== 'aggregate' && termsOf(literal).every(({ kind }) => kind !== 'arithmetic'),
  )
}

function termsOf(literal: Literal): readonly Expression[] {
  switch (literal.kind) {
    case 'comparison':
      return [literal.left, literal.right]
    case 'aggregate':
      return [literal.result]
    case 'atom':
    case 'not':
      return literal.atom.terms
  }
}

function firstNameIn(expression: Expression): string | undefined {
  switch (expression.kind) {
    case 'constant':
      return undefined
    case 'variable':
      return expression.name === '_' ? undefined : expression.name
    case 'arithmetic':
      return firstNameIn(expression.left) ?? firstNameIn(expression.right)
  }
}
