import type { FactProof, Proof } from '../contract.ts'
import { parseProgram } from '../language/parser.ts'
import type { Atom, Clause, Literal } from '../language/syntax.ts'
import { atomVariables, planBody } from './naive-plan.ts'
import { type Bindings, collectGroups, type Facts, solve, valueOf } from './naive-solve.ts'
import { isEqual, keyOf, type Row } from './naive-values.ts'
import { keyed, type RelationRows } from './naive.ts'
import { printFact } from './random-shapes.ts'

/** What a proof is checked against. */
export interface Known {
  readonly asserted: RelationRows
  readonly expected: RelationRows
}

/**
 * Undefined for a valid proof: every inner node is an instance of its rule, every leaf is asserted, and
 * no fact stands above itself.
 */
export function checkProof(proof: Proof, known: Known): string | undefined {
  const { asserted, expected } = known
  const facts = { asserted: keyed(asserted), expected: keyed(expected) }
  return checkFact(proof, { facts, above: [] })
}

interface Place {
  readonly facts: { readonly asserted: Facts; readonly expected: Facts }
  /** Facts on the way to the root. */
  readonly above: readonly string[]
}

function checkFact(proof: Proof, { facts, above }: Place): string | undefined {
  if ('not' in proof || 'aggregate' in proof) return `a fact was expected, not ${describe(proof)}`
  const row = proof.row as Row
  const name = printFact(proof.relation, row)
  if (above.includes(name)) return `${name} is its own ancestor`
  if (!facts.expected.get(proof.relation)?.has(keyOf(row))) return `${name} does not hold`
  if (proof.truncated) return undefined
  if (proof.rule === undefined) {
    const isAsserted = facts.asserted.get(proof.relation)?.has(keyOf(row))
    return isAsserted ? undefined : `the leaf ${name} is not asserted`
  }
  const problem = checkInstance(proof, proof.rule, facts.expected)
  if (problem !== undefined) return `${name} by ${proof.rule}: ${problem}`
  for (const child of proof.children ?? []) {
    if ('not' in child || 'aggregate' in child) continue
    const below = checkFact(child, { facts, above: [...above, name] })
    if (below !== undefined) return below
  }
  return undefined
}

function checkInstance(proof: FactProof, rule: string, facts: Facts): string | undefined {
  const [clause] = parseProgram(rule.trimEnd().endsWith('.') ? rule : `${rule}.`).clauses
  if (clause === undefined) return 'there is no rule'
  const bindings: Bindings = new Map()
  if (!bindRow(clause.head, proof, bindings)) return 'the head does not match'
  const premises = clause.body.filter(({ kind }) => kind !== 'comparison')
  const children = proof.children ?? []
  if (premises.length !== children.length) return `${children.length} children`
  for (const [index, literal] of premises.entries()) {
    const child = children[index]!
    if (literal.kind !== 'atom') continue
    if (!('row' in child) || 'not' in child || !bindRow(literal.atom, child, bindings)) {
      return `child ${index} is ${describe(child)}`
    }
  }
  return checkPremises(clause, { bindings, children, facts })
}

interface Instance {
  readonly bindings: Bindings
  readonly children: readonly Proof[]
  readonly facts: Facts
}

/** Looks for the solution with the children's values, in which the leaves must say what was checked. */
function checkPremises(
  { head, body }: Clause,
  { bindings, children, facts }: Instance,
): string | undefined {
  const steps = planBody(body, atomVariables(head))
  const premises = body.filter(({ kind }) => kind !== 'comparison')
  const problems: (string | undefined)[] = []
  const found = (solution: Bindings) => {
    const wrong = premises.findIndex((literal, index) => {
      const step = steps.find((step) => step.literal === literal)!
      const size =
        literal.kind === 'aggregate'
          ? (collectGroups(literal, step, { bindings: solution, facts })[0]?.tuples.length ?? 0)
          : 0
      return !saysSo(literal, children[index]!, { solution, size })
    })
    problems.push(wrong < 0 ? undefined : `child ${wrong} is ${describe(children[wrong]!)}`)
  }
  solve(steps, bindings, { facts, found })
  if (problems.includes(undefined)) return undefined
  return problems[0] ?? 'its body does not hold'
}

function saysSo(
  literal: Literal,
  child: Proof,
  { solution, size }: { readonly solution: Bindings; readonly size: number },
): boolean {
  if (literal.kind === 'not') {
    const row = literal.atom.terms.map((term) =>
      term.kind === 'variable' && term.name === '_' ? null : valueOf(term, solution),
    )
    if (!('not' in child) || child.relation !== literal.atom.relation) return false
    return JSON.stringify(child.row) === JSON.stringify(row)
  }
  if (literal.kind !== 'aggregate') return true
  const { result } = literal
  if (!('aggregate' in child) || child.size !== size) return false
  const isAny = result.kind === 'variable' && result.name === '_'
  return isAny || isEqual(child.value, valueOf(result, solution))
}

function bindRow(atom: Atom, { relation, row }: FactProof, bindings: Bindings): boolean {
  if (relation !== atom.relation) return false
  return atom.terms.every((term, index) => {
    const value = (row as Row)[index]!
    if (term.kind === 'variable' && term.name === '_') return true
    if (term.kind === 'variable' && !bindings.has(term.name)) bindings.set(term.name, value)
    return isEqual(valueOf(term, bindings), value)
  })
}

function describe(proof: Proof): string {
  return JSON.stringify(proof).slice(0, 200)
}
