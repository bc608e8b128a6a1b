import type { Atom, BasicLiteral, Expression, Literal } from '../language/syntax.ts'

export function isBinding(
  literal: Extract<BasicLiteral, { kind: 'comparison' }>,
  domain: readonly Literal[],
): boolean {
  return literal.operator === '=' && isCheckable(literal, domain)
}

/** Whether the domain gives all that a comparison or negation needs. */
export function isCheckable(literal: Literal, domain: readonly Literal[]): boolean {
  if (literal.kind !== 'comparison' && literal.kind !== 'not') return true
  const bound = bindAll(domain)
  return literalVariables(literal).every((name) => bound.has(name))
}

export function hasArithmetic(literal: Literal): boolean {
  return (
    literal.kind === 'comparison' &&
    (literal.left.kind === 'arithmetic' || literal.right.kind === 'arithmetic')
  )
}

/** Variables that get a value from these literals alone. */
export function bindAll(literals: readonly Literal[]): Set<string> {
  const bound = new Set<string>()
  for (const literal of literals) {
    if (literal.kind === 'atom') for (const name of variablesOf(literal.atom.terms)) bound.add(name)
    if (literal.kind === 'aggregate')
      for (const name of variablesOf([literal.result])) bound.add(name)
  }
  for (let size = -1; size !== bound.size;) {
    size = bound.size
    for (const literal of literals) {
      if (literal.kind !== 'comparison' || literal.operator !== '=') continue
      const [left, right] = [expressionVariables(literal.left), expressionVariables(literal.right)]
      if (literal.left.kind === 'variable' && right.every((name) => bound.has(name)))
        bound.add(literal.left.name)
      if (literal.right.kind === 'variable' && left.every((name) => bound.has(name)))
        bound.add(literal.right.name)
    }
  }
  return bound
}

export function variablesOf(terms: Atom['terms']): string[] {
  return terms.flatMap((term) => (term.kind === 'variable' && term.name !== '_' ? [term.name] : []))
}

export function literalVariables(literal: BasicLiteral): string[] {
  if (literal.kind === 'comparison')
    return [...expressionVariables(literal.left), ...expressionVariables(literal.right)]
  return variablesOf(literal.atom.terms)
}

function expressionVariables(expression: Expression): string[] {
  if (expression.kind === 'arithmetic')
    return [...expressionVariables(expression.left), ...expressionVariables(expression.right)]
  return variablesOf([expression])
}
