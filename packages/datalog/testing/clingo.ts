import type { Aggregate, Atom, Clause, Expression, Literal } from '../language/syntax.ts'
import type { RelationRows } from './naive.ts'
import { printAtom } from './random-shapes.ts'

/** Programs that stand in one input of clingo, each with a prefix of its own before its relations. */
export interface ClingoProgram {
  readonly prefix: string
  readonly rules: readonly Clause[]
  readonly asserted: RelationRows
}

/** Whether clingo has all that the rules use: it has no lists. */
export function isTranslatable(rules: readonly Clause[]): boolean {
  return rules.every(({ body }) =>
    body.every((literal) => literal.kind !== 'aggregate' || literal.operator !== 'collect'),
  )
}

/** The program in the input language of clingo (Potassco guide, version 2.2). All text becomes strings. */
export function translate({ prefix, rules, asserted }: ClingoProgram): string {
  const facts = [...asserted].flatMap(([relation, rows]) =>
    rows.map((row) => `${printAtom(prefix + relation, row.map(printConstant))}.`),
  )
  const clauses = rules.map(({ head, body }) => {
    const literals = body.map((literal) => printLiteral(literal, prefix))
    return `${printRelation(head, prefix)} :- ${literals.join(', ')}.`
  })
  return [...facts, ...clauses].join('\n')
}

function printLiteral(literal: Literal, prefix: string): string {
  switch (literal.kind) {
    case 'atom':
      return printRelation(literal.atom, prefix)
    case 'not':
      return `not ${printRelation(literal.atom, prefix)}`
    case 'comparison':
      return `${printTerm(literal.left)} ${literal.operator} ${printTerm(literal.right)}`
    case 'aggregate':
      return printAggregate(literal, prefix)
  }
}

/** Of nothing, `#min` is `#sup` and `#max` is `#inf`, where we have no result. */
function printAggregate({ operator, result, terms, body }: Aggregate, prefix: string): string {
  const tuple = terms.map(printTerm).join(', ')
  const condition = body.map((literal) => printLiteral(literal, prefix)).join(', ')
  const name = printTerm(result)
  const nothing = { min: `, ${name} != #sup`, max: `, ${name} != #inf` }[operator as string] ?? ''
  return `${name} = #${operator}{ ${tuple} : ${condition} }${nothing}`
}

function printRelation({ relation, terms }: Atom, prefix: string): string {
  return printAtom(prefix + relation, terms.map(printTerm))
}

function printTerm(term: Expression): string {
  switch (term.kind) {
    case 'variable':
      return term.name
    case 'constant':
      return printConstant(term.value)
    case 'arithmetic': {
      const operator = term.operator === 'mod' ? '\\' : term.operator
      return `(${printTerm(term.left)} ${operator} ${printTerm(term.right)})`
    }
  }
}

function printConstant(value: unknown): string {
  return JSON.stringify(value)
}
