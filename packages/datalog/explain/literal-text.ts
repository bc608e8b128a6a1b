import { formatValue } from '../language/format.ts'
import type { RuleExpression, RuleLiteral } from '../plan/rule.ts'

/** A rule's literal as its author wrote it, with each term shown by `show`. */
export function describeLiteral(
  literal: RuleLiteral,
  show: (expression: RuleExpression) => string,
): string {
  if (literal.kind === 'comparison')
    return `${show(literal.left)} ${literal.operator} ${show(literal.right)}`
  if (literal.kind === 'function')
    return `${literal.text} for ${literal.inputs.map(show).join(', ')}`
  const { premise, relation, terms, isNegated } = literal
  if (premise.kind === 'aggregate') {
    const group = premise.group.map(show).join(', ')
    const value =
      premise.empty === undefined
        ? show(terms[terms.length - 1] as RuleExpression)
        : formatValue(premise.empty)
    return `${premise.text}${group ? ` for ${group}` : ''} being ${value}`
  }
  const shown = premise.kind === 'not' ? premise : { relation: relation.name, terms }
  const atom =
    shown.terms.length === 0
      ? shown.relation
      : `${shown.relation}(${shown.terms.map(show).join(', ')})`
  return isNegated ? `not ${atom}` : atom
}
