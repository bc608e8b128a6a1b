import type { Problem } from '../language/errors.ts'
import type { Atom, Clause, Expression, Literal, Span, Term } from '../language/syntax.ts'
import type { RowShapes } from './rows.ts'

type Known = 'text' | 'number'

/**
 * Types of columns and variables by unification: a column of the schema has the type it says, a column of a
 * derived relation that of whatever flows into it. Returns a problem wherever text and numbers would meet.
 */
export function checkTypes(clauses: readonly Clause[], shapes: RowShapes): Problem[] {
  const check = new TypeCheck(shapes)
  clauses.forEach((clause, place) => check.clause(clause, place))
  return check.problems
}

class TypeCheck {
  readonly problems: Problem[] = []
  readonly #shapes: RowShapes
  /** Union-find: each name of a column or variable leads to another, or to itself. */
  readonly #parents = new Map<string, string>()
  readonly #types = new Map<string, Known>()

  constructor(shapes: RowShapes) {
    this.#shapes = shapes
  }

  clause({ head, body }: Clause, place: number): void {
    for (const literal of body) this.#literal(literal, place)
    this.#atom(head, place)
  }

  #literal(literal: Literal, place: number): void {
    if (literal.kind === 'atom' || literal.kind === 'not') this.#atom(literal.atom, place)
    else if (literal.kind === 'comparison') {
      const [left, right] = [
        this.#expression(literal.left, place),
        this.#expression(literal.right, place),
      ]
      if (literal.operator === '=' && left && right) this.#meet(left, right, literal.span)
    } else {
      for (const inner of literal.body) this.#literal(inner, place)
      const result = this.#term(literal.result, place)
      const [first] = literal.terms
      if (!result) return
      if (literal.operator === 'count' || literal.operator === 'sum')
        this.#be(result, 'number', literal.span)
      else if (literal.operator !== 'collect' && first) {
        const gathered = this.#term(first, place)
        if (gathered) this.#meet(result, gathered, literal.span)
      }
    }
  }

  #atom({ relation, terms, span }: Atom, place: number): void {
    const columns = this.#shapes.columnsOf(relation)
    terms.forEach((term, index) => {
      const type = columns?.[index]?.[1]
      if (type === 'any') return
      const column = `${columns?.[index]?.[0] ?? `column ${index + 1}`} of ${relation}`
      if (type) this.#be(column, type, span)
      const other = this.#term(term, place)
      if (other) this.#meet(column, other, term.span)
    })
  }

  #expression(expression: Expression, place: number): string | undefined {
    if (expression.kind !== 'arithmetic') return this.#term(expression, place)
    for (const side of [expression.left, expression.right]) {
      const operand = this.#expression(side, place)
      if (operand) this.#be(operand, 'number', side.span)
    }
    return this.#constant('number')
  }

  #term(term: Term, place: number): string | undefined {
    if (term.kind === 'variable')
      return term.name === '_' ? undefined : `${term.name} of clause ${place + 1}`
    if (typeof term.value === 'object') return undefined
    return this.#constant(typeof term.value === 'number' ? 'number' : 'text')
  }

  #constant(type: Known): string {
    const name = `a ${type === 'text' ? 'text' : 'number'}`
    this.#types.set(this.#root(name), type)
    return name
  }

  #be(name: string, type: Known, span: Span): void {
    const root = this.#root(name)
    const known = this.#types.get(root)
    if (known === undefined) this.#types.set(root, type)
    else if (known !== type) this.#clash(name, { known, type, span })
  }

  #meet(left: string, right: string, span: Span): void {
    const [first, second] = [this.#root(left), this.#root(right)]
    if (first === second) return
    const [known, other] = [this.#types.get(first), this.#types.get(second)]
    if (known && other && known !== other) {
      this.#clash(left.startsWith('a ') ? right : left, {
        known: left.startsWith('a ') ? other : known,
        type: left.startsWith('a ') ? known : other,
        span,
      })
      return
    }
    // Constants of one type are many things: what meets one is of its type, and no more.
    if (left.startsWith('a ')) this.#types.set(second, known as Known)
    else if (right.startsWith('a ')) this.#types.set(first, other as Known)
    else {
      this.#parents.set(first, second)
      if (known) this.#types.set(second, known)
    }
  }

  #clash(name: string, { known, type, span }: { known: Known; type: Known; span: Span }): void {
    const shown = name.replace(/ of clause \d+$/, '')
    this.problems.push({
      code: 'type',
      message: `${shown} is ${known}, and here it would be ${type}.`,
      hint: '',
      span,
    })
  }

  #root(name: string): string {
    let root = name
    for (
      let parent = this.#parents.get(root);
      parent !== undefined;
      parent = this.#parents.get(root)
    )
      root = parent
    return root
  }
}
