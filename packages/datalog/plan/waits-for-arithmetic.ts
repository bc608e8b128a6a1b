import type { RuleAtom, RuleExpression, RuleLiteral } from './rule.ts'

interface Remaining {
  /** The literals that have no place in the order yet. */
  readonly left: readonly RuleLiteral[]
  readonly isKnown: (expression: RuleExpression) => boolean
}

/** Whether an atom of which no column is known is better off waiting for one that arithmetic will give. */
export function waitsForArithmetic(atom: RuleAtom, { left, isKnown }: Remaining): boolean {
  const isLast = left.every(
    (literal) => literal.kind !== 'atom' || literal.isNegated || literal === atom,
  )
  return isLast && left.some((literal) => givesColumn(literal, atom, isKnown))
}

function givesColumn(literal: RuleLiteral, atom: RuleAtom, isKnown: Remaining['isKnown']): boolean {
  if (literal.kind !== 'comparison' || literal.operator !== '=') return false
  const { left, right } = literal
  return (isColumn(left, atom) && isKnown(right)) || (isColumn(right, atom) && isKnown(left))
}

function isColumn(expression: RuleExpression, { terms }: RuleAtom): boolean {
  return (
    expression.kind === 'variable' &&
    terms.some((term) => term.kind === 'variable' && term.variable === expression.variable)
  )
}
