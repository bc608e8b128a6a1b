import type { Clause, Literal, Program } from '../language/syntax.ts'
import { atomVariables, outerVariables, planBody, type Step } from './naive-plan.ts'
import { type Bindings, type Facts, solve, valueOf } from './naive-solve.ts'
import { keyOf, NaiveError, type Row } from './naive-values.ts'

export type Rows = readonly Row[]
export type RelationRows = ReadonlyMap<string, Rows>

/**
 * What a program means, as simply as it can be said: every rule is tried over all rows until nothing
 * is new, one stratum after the other. The oracle of the tests; nothing of the engine is in it.
 * `asserted` replaces the facts in the program's text. Throws NaiveError where the engine must refuse.
 */
export function evaluate(
  program: Program,
  asserted: RelationRows = assertedFacts(program),
): RelationRows {
  return createOracle(program)(asserted)
}

/** The same, for a program that is asked many times. */
export function createOracle(program: Program): (asserted: RelationRows) => RelationRows {
  const relations = relationsOf(program)
  const strata = stratify(program)
  return (asserted) => {
    const facts = new Map<string, Map<string, Row>>()
    for (const relation of relations) facts.set(relation, new Map())
    for (const [relation, rows] of asserted) {
      facts.set(relation, new Map(rows.map((row) => [keyOf(row), row])))
    }
    for (const stratum of strata) saturate(stratum, facts)
    return new Map([...facts].map(([relation, rows]) => [relation, [...rows.values()]]))
  }
}

/** The facts written in the text, each once. */
export function assertedFacts(program: Program): RelationRows {
  const facts = new Map<string, Map<string, Row>>()
  for (const { head, body } of program.clauses) {
    if (body.length > 0) continue
    const row = head.terms.map((term) => valueOf(term, new Map()))
    const rows = facts.get(head.relation) ?? new Map<string, Row>()
    facts.set(head.relation, rows.set(keyOf(row), row))
  }
  return new Map([...facts].map(([relation, rows]) => [relation, [...rows.values()]]))
}

/** One row a solution: the values of the named variables outside braces, as they first occur. */
export function answer(body: readonly Literal[], relations: RelationRows): Rows {
  const names = [...new Set(body.flatMap(outerVariables))]
  const solutions = new Map<string, Row>()
  const found = (bindings: Bindings) => {
    const row = names.map((name) => bindings.get(name)!)
    solutions.set(keyOf(row), row)
  }
  solve(planBody(body, []), new Map(), { facts: keyed(relations), found })
  return [...solutions.values()]
}

export function keyed(relations: RelationRows): Facts {
  return new Map(
    [...relations].map(([relation, rows]) => [
      relation,
      new Map(rows.map((row) => [keyOf(row), row])),
    ]),
  )
}

/** Every relation that the program names. */
export function relationsOf(program: Program): ReadonlySet<string> {
  const literals = program.clauses.flatMap(({ body }) => body)
  const heads = program.clauses.map(({ head }) => head.relation)
  return new Set([...heads, ...literals.flatMap(edgesOf).map(({ relation }) => relation)])
}

interface Rule {
  readonly clause: Clause
  readonly steps: readonly Step[]
}

function saturate(rules: readonly Rule[], facts: Map<string, Map<string, Row>>): void {
  for (let changed = true; changed;) {
    changed = false
    for (const { clause, steps } of rules) {
      const rows = facts.get(clause.head.relation)!
      const derived: Row[] = []
      const found = (bindings: Bindings) =>
        void derived.push(clause.head.terms.map((term) => valueOf(term, bindings)))
      solve(steps, new Map(), { facts, found })
      for (const row of derived) {
        const key = keyOf(row)
        if (rows.has(key)) continue
        rows.set(key, row)
        changed = true
      }
    }
  }
}

/** Rules by stratum: a relation is above whatever it negates or aggregates. */
function stratify(program: Program): readonly (readonly Rule[])[] {
  const rules = program.clauses
    .filter(({ body }) => body.length > 0)
    .map((clause) => ({ clause, steps: planBody(clause.body, atomVariables(clause.head)) }))
  const levels = new Map([...relationsOf(program)].map((relation) => [relation, 0]))
  for (let changed = true; changed;) {
    changed = false
    for (const { clause } of rules) {
      for (const { relation, strict } of clause.body.flatMap(edgesOf)) {
        const needed = levels.get(relation)! + (strict ? 1 : 0)
        if (levels.get(clause.head.relation)! >= needed) continue
        if (needed > levels.size) throw new NaiveError('unstratified')
        levels.set(clause.head.relation, needed)
        changed = true
      }
    }
  }
  const strata = Map.groupBy(rules, ({ clause }) => levels.get(clause.head.relation)!)
  return [...strata].toSorted(([left], [right]) => left - right).map(([, stratum]) => stratum)
}

function edgesOf(literal: Literal): { relation: string; strict: boolean }[] {
  switch (literal.kind) {
    case 'atom':
      return [{ relation: literal.atom.relation, strict: false }]
    case 'not':
      return [{ relation: literal.atom.relation, strict: true }]
    case 'comparison':
      return []
    case 'aggregate':
      return literal.body.flatMap(edgesOf).map(({ relation }) => ({ relation, strict: true }))
  }
}
