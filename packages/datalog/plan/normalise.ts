import type { Aggregate, Atom, BasicLiteral, Clause, Value } from '../language/syntax.ts'
import { Relation } from '../store/relation.ts'
import type { Values } from '../store/values.ts'
import { type AggregateParts, expandAggregate } from './normalise-aggregate.ts'
import type { RuleSource, RuleWriter } from './rule-writer.ts'
import type { AggregateNode, Premise, Rule, RuleAtom, RuleLiteral, RuleTerm } from './rule.ts'
import { Scope } from './scope.ts'

/**
 * Turns clauses into rules that the evaluator runs: `_` under `not` becomes a projection of its own, an
 * aggregate becomes a relation of its tuples and one of its values.
 */
export class Normaliser implements RuleWriter {
  readonly relations = new Map<string, Relation>()
  readonly rules: Rule[] = []
  readonly aggregates: AggregateNode[] = []
  readonly values: Values
  /** Codes that rules hold, whether or not a row does. */
  readonly constants: number[] = []
  readonly #sources: RelationSources
  #hiddenCount = 0

  /** `sources` has relations from elsewhere that atoms may name. */
  constructor(values: Values, sources: RelationSources = {}) {
    this.values = values
    this.#sources = sources
  }

  constant(value: Value): number {
    const code = this.values.encode(value)
    if (code & 1) this.constants.push(code)
    return code
  }

  relation(name: string, arity: number): Relation {
    const found = this.relations.get(name) ?? this.#sources.shared?.get(name)
    if (found) return found
    const relation = new Relation(name, arity)
    this.relations.set(name, relation)
    return relation
  }

  /** Whether a relation leads back to another through rules. */
  isRecursive(relation: string, head: string): boolean {
    return this.#sources.isRecursive?.(relation, head) ?? false
  }

  hidden(name: string, arity: number): Relation {
    const relation = new Relation(`${name} #${(this.#hiddenCount += 1)}`, arity, true)
    this.relations.set(relation.name, relation)
    return relation
  }

  addClause({ head, body }: Clause, text: () => string): void {
    this.addRule({
      head: this.relation(head.relation, head.terms.length),
      terms: head.terms,
      body,
      text,
    })
  }

  /** One rule, or several when aggregates may find their group empty. */
  addRule({ head, terms, body, text }: RuleSource): void {
    const scope = new Scope((value) => this.constant(value))
    const headTerms = terms.map((term) => scope.term(term))
    let bodies: RuleLiteral[][] = [[]]
    for (const literal of body) {
      const alternatives =
        literal.kind === 'aggregate'
          ? this.#aggregate(literal, { head: head.name, terms, body, scope })
          : [[this.literal(literal, scope)]]
      bodies = bodies.flatMap((left) => alternatives.map((right) => [...left, ...right]))
    }
    let written: string | undefined
    for (const literals of bodies)
      this.rules.push({
        head,
        terms: headTerms,
        body: literals,
        variables: scope.names,
        get text() {
          return (written ??= text())
        },
      })
  }

  literal(literal: BasicLiteral, scope: Scope): RuleLiteral {
    if (literal.kind === 'comparison') {
      const { operator, left, right } = literal
      return {
        kind: 'comparison',
        operator,
        left: scope.expression(left),
        right: scope.expression(right),
      }
    }
    if (literal.kind === 'not') return this.#negation(literal.atom, scope)
    return this.#atom(literal.atom, scope)
  }

  #atom(atom: Atom, scope: Scope): RuleAtom {
    const asserted = this.#sources.asserted?.get(atom.relation)
    return {
      kind: 'atom',
      relation: asserted ?? this.relation(atom.relation, atom.terms.length),
      terms: atom.terms.map((term) => scope.term(term)),
      isNegated: false,
      premise: { kind: 'fact' },
      ...(asserted ? { onlyAsserted: true } : {}),
    }
  }

  #negation(atom: Atom, scope: Scope): RuleAtom {
    const terms = atom.terms.map((term) => scope.term(term))
    const relation = this.relation(atom.relation, terms.length)
    const known = [...terms.keys()].filter((place) => terms[place]?.kind !== 'any')
    const premise: Premise = { kind: 'not', relation: atom.relation, terms }
    if (known.length === terms.length)
      return { kind: 'atom', relation, terms, isNegated: true, premise }
    return {
      kind: 'atom',
      relation: this.projection(relation, known),
      terms: known.map((place) => terms[place] as RuleTerm),
      isNegated: true,
      premise,
    }
  }

  /** The distinct values of some columns. */
  projection(relation: Relation, columns: readonly number[]): Relation {
    const name = `${relation.name} on ${columns.join()}`
    const found = this.relations.get(name)
    if (found) return found
    const projected = new Relation(name, columns.length, true)
    this.relations.set(name, projected)
    const terms = Array.from({ length: relation.arity }, (_, place): RuleTerm => {
      const variable = columns.indexOf(place)
      return variable < 0 ? { kind: 'any' } : { kind: 'variable', variable }
    })
    this.rules.push({
      head: projected,
      terms: columns.map((_, variable) => ({ kind: 'variable', variable })),
      body: [{ kind: 'atom', relation, terms, isNegated: false, premise: { kind: 'fact' } }],
      variables: columns.map(() => undefined),
      text: name,
    })
    return projected
  }

  #aggregate(aggregate: Aggregate, parts: AggregateParts): RuleLiteral[][] {
    return expandAggregate(this, aggregate, parts)
  }
}

export interface RelationSources {
  /** Whether the first relation depends on the second. */
  readonly isRecursive?: (relation: string, head: string) => boolean
  readonly shared?: ReadonlyMap<string, Relation>
  /** Under these names only the asserted rows of a relation are seen. */
  readonly asserted?: ReadonlyMap<string, Relation>
}
