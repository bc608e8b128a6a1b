import { formatExpression } from '../language/format.ts'
import type { Expression, Term, Value } from '../language/syntax.ts'
import type { RuleExpression, RuleTerm } from './rule.ts'

/** The variables of one rule, by number. */
export class Scope {
  readonly names: string[] = []
  readonly #codeOf: (value: Value) => number

  /** `codeOf` gives the code of a constant, and keeps it. */
  constructor(codeOf: (value: Value) => number) {
    this.#codeOf = codeOf
  }

  variable(name: string): number {
    const found = this.names.indexOf(name)
    return found < 0 ? this.names.push(name) - 1 : found
  }

  term(term: Term): RuleTerm {
    if (term.kind === 'constant') return { kind: 'constant', code: this.#codeOf(term.value) }
    if (term.name === '_') return { kind: 'any' }
    return { kind: 'variable', variable: this.variable(term.name) }
  }

  expression(expression: Expression): RuleExpression {
    if (expression.kind !== 'arithmetic') return this.term(expression)
    const { operator, left, right } = expression
    return {
      kind: 'arithmetic',
      operator,
      left: this.expression(left),
      right: this.expression(right),
      text: formatExpression(expression),
    }
  }
}
