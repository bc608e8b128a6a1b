import type { Relation } from '../store/relation.ts'
import { isAsserted, isNew } from '../store/state.ts'
import { estimateRows } from './estimate-rows.ts'
import type {
  Rule,
  RuleAtom,
  RuleComparison,
  RuleExpression,
  RuleFunction,
  RuleLiteral,
  RuleTerm,
} from './rule.ts'
import type { ColumnAction, Step } from './steps.ts'
import { waitsForArithmetic } from './waits-for-arithmetic.ts'

export interface OrderOptions {
  readonly rule: Rule
  /** The literal whose change is given as rows; -1 for the head's row; undefined for neither. */
  readonly given?: number
  /** Which rows each literal may use. Default: those that are new. */
  readonly maskOf?: (literal: number) => number
  /** Relations of the rule's own component. */
  readonly own?: ReadonlySet<Relation>
}

/** What it takes to put a row into an index, in rows looked at. */
const indexing = 4

/** One order of a rule's literals, as they are taken one after another. */
export class Ordering {
  /**
   * Rows that are looked at, as far as can be told. What the last atom finds is left out: that is the same in
   * any order.
   */
  cost = 0
  readonly #options: OrderOptions
  readonly #bound = new Set<number>()
  readonly #left: Set<number>
  readonly #steps: Step[] = []
  /** Instances of the steps so far. */
  #rows = 1

  constructor(options: OrderOptions) {
    this.#options = options
    this.#left = new Set(options.rule.body.keys())
  }

  /** `first` is the atom to begin with, where none is given. */
  run(first?: number): Step[] {
    const { given, rule } = this.#options
    if (first !== undefined) {
      this.#left.delete(first)
      this.#steps.push(this.#atomStep(rule.body[first] as RuleAtom, first))
    }
    if (given === -1) this.#steps.push(this.#rowsStep(rule.head, rule.terms, -1))
    else if (given !== undefined) {
      const literal = rule.body[given] as RuleAtom
      this.#left.delete(given)
      this.#steps.push(this.#rowsStep(literal.relation, literal.terms, given))
    }
    while (this.#left.size > 0) {
      const next =
        this.#find((literal) => this.#checkStep(literal, false)) ??
        this.#bestAtom() ??
        this.#find((literal) => this.#checkStep(literal, true))
      if (next === undefined) throw new Error(`no order for ${rule.text}`)
      this.#left.delete(next.literal)
      this.#steps.push(next)
    }
    return this.#steps
  }

  #find(attempt: (literal: number) => Step | undefined): Step | undefined {
    for (const literal of this.#left) {
      const step = attempt(literal)
      if (step) return step
    }
    return undefined
  }

  #checkStep(place: number, mayFail: boolean): Step | undefined {
    const literal = this.#options.rule.body[place]
    if (literal?.kind === 'comparison') {
      const fails = hasArithmetic(literal.left) || hasArithmetic(literal.right)
      return fails === mayFail ? this.#comparisonStep(literal, place) : undefined
    }
    if (literal?.kind === 'function') return mayFail ? this.#callStep(literal, place) : undefined
    if (!literal?.isNegated || mayFail || !literal.terms.every((term) => this.#isKnown(term)))
      return undefined
    return {
      ...this.#row(literal.relation, place),
      kind: 'absent',
      keys: literal.terms,
      columns: [],
    }
  }

  #comparisonStep({ operator, left, right }: RuleComparison, literal: number): Step | undefined {
    const knowsLeft = this.#isKnown(left)
    const knowsRight = this.#isKnown(right)
    if (knowsLeft && knowsRight) return { kind: 'compare', operator, left, right, literal }
    if (operator !== '=') return undefined
    if (knowsRight && left.kind === 'variable') return this.#assign(left.variable, right, literal)
    if (knowsLeft && right.kind === 'variable') return this.#assign(right.variable, left, literal)
    return undefined
  }

  #callStep(called: RuleFunction, literal: number): Step | undefined {
    if (!called.inputs.every((input) => this.#isKnown(input))) return undefined
    const { result } = called
    const variable =
      result.kind === 'variable' && !this.#isKnown(result) ? result.variable : undefined
    if (variable !== undefined) this.#bound.add(variable)
    return { kind: 'call', called, variable, literal }
  }

  #assign(variable: number, expression: RuleExpression, literal: number): Step {
    this.#bound.add(variable)
    return { kind: 'assign', variable, expression, literal }
  }

  /** Among the atoms that need nothing that a comparison could still give. */
  #bestAtom(): Step | undefined {
    let best: { place: number; cost: number } | undefined
    for (const place of this.#left) {
      const literal = this.#options.rule.body[place]
      if (literal?.kind !== 'atom' || literal.isNegated) continue
      const known = [...literal.terms.keys()].filter((column) =>
        this.#isKnown(literal.terms[column] as RuleTerm),
      )
      if (known.length === 0 && this.#steps.length > 0 && this.#waitsForArithmetic(literal))
        continue
      const cost = estimateRows(literal.relation, known)
      if (best === undefined || cost < best.cost) best = { place, cost }
    }
    return best && this.#atomStep(this.#options.rule.body[best.place] as RuleAtom, best.place)
  }

  #waitsForArithmetic(atom: RuleAtom): boolean {
    return waitsForArithmetic(atom, {
      left: [...this.#left].map((place) => this.#options.rule.body[place] as RuleLiteral),
      isKnown: (expression) => this.#isKnown(expression),
    })
  }

  #atomStep({ relation, terms }: RuleAtom, place: number): Step {
    const known = [...terms.keys()].filter((column) => this.#isKnown(terms[column] as RuleTerm))
    const keys = known.map((column) => terms[column] as RuleTerm)
    const row = this.#row(relation, place)
    this.cost += this.#rows
    this.#rows *= estimateRows(relation, known)
    if (known.length === terms.length) return { ...row, kind: 'lookup', keys, columns: [] }
    const columns = this.#actions(terms, new Set(known))
    if (known.length === 0) return { ...row, kind: 'scan', columns }
    if (!relation.findIndex(known)) this.cost += relation.size * indexing
    return { ...row, kind: 'probe', index: known, keys, columns }
  }

  #rowsStep(relation: Relation, terms: readonly RuleTerm[], literal: number): Step {
    return {
      ...this.#row(relation, literal),
      kind: 'rows',
      columns: this.#actions(terms, new Set()),
    }
  }

  #row(relation: Relation, literal: number) {
    const isOwn = this.#options.own?.has(relation) ?? false
    const atom = this.#options.rule.body[literal]
    const onlyAsserted = atom?.kind === 'atom' && atom.onlyAsserted
    return {
      relation,
      literal,
      mask: onlyAsserted ? isAsserted : (this.#options.maskOf?.(literal) ?? isNew),
      isRanked: isOwn && literal >= 0,
    }
  }

  #actions(terms: readonly RuleTerm[], known: ReadonlySet<number>): ColumnAction[] {
    return terms.flatMap((term, place): ColumnAction[] => {
      if (term.kind === 'any' || known.has(place)) return []
      if (this.#isKnown(term)) return [{ place, binds: false, term }]
      if (term.kind === 'variable') this.#bound.add(term.variable)
      return [{ place, binds: true, term }]
    })
  }

  #isKnown(expression: RuleExpression): boolean {
    if (expression.kind === 'variable') return this.#bound.has(expression.variable)
    if (expression.kind === 'arithmetic')
      return this.#isKnown(expression.left) && this.#isKnown(expression.right)
    return expression.kind === 'constant'
  }
}

function hasArithmetic({ kind }: RuleExpression): boolean {
  return kind === 'arithmetic'
}
