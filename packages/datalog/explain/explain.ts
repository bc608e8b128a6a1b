import type { AggregateProof, FactProof, NotProof, Proof } from '../contract.ts'
import type { Engine } from '../evaluate/engine.ts'
import type { Value } from '../language/syntax.ts'
import type { RuleAtom, RuleFunction, RuleTerm } from '../plan/rule.ts'
import type { Relation } from '../store/relation.ts'
import { isAsserted, isNew } from '../store/state.ts'
import type { Instance, Instances } from './instances.ts'

interface Open {
  readonly relation: Relation
  readonly row: number
  readonly proof: { -readonly [Key in keyof FactProof]: FactProof[Key] }
}

export interface ExplainParts {
  readonly shape: (relation: Relation, row: number) => FactProof['row']
  readonly maxNodes: number
  readonly instances: Instances
}

/**
 * A proof of a row, by one step back at a time: ranks fall on the way, so it ends, and is nearly as short as
 * can be. A fact that occurs twice has the same object twice. Past `maxNodes` different facts, nodes are
 * marked `truncated`.
 */
export function explainRow(
  engine: Engine,
  { relation, row }: { relation: Relation; row: number },
  { shape, maxNodes, instances }: ExplainParts,
): FactProof {
  const known = new Map<Relation, Map<number, FactProof>>()
  const open: Open[] = []
  let count = 0
  const proofOf = (of: Relation, at: number): FactProof => {
    let rows = known.get(of)
    if (!rows) known.set(of, (rows = new Map()))
    const found = rows.get(at)
    if (found) return found
    const proof = { relation: of.name, row: shape(of, at) }
    rows.set(at, proof)
    if (((of.state[at] as number) & isAsserted) === 0) open.push({ relation: of, row: at, proof })
    return proof
  }
  const root = proofOf(relation, row)
  for (let place = 0; place < open.length; place += 1) {
    const next = open[place] as Open
    if ((count += 1) > maxNodes) {
      next.proof.truncated = true
      continue
    }
    const instance = instances.find(next.relation, next.row)
    if (!instance) continue
    next.proof.rule = instance.rule.text
    next.proof.children = childrenOf(engine, instance, proofOf)
  }
  return root
}

function childrenOf(
  engine: Engine,
  { rule, codes, rows }: Instance,
  proofOf: (relation: Relation, row: number) => FactProof,
): Proof[] {
  return rule.body.flatMap((literal, place): Proof[] => {
    if (literal.kind === 'function') return [inlineProof(engine, literal, codes)]
    if (literal.kind !== 'atom') return []
    const { premise } = literal
    if (premise.kind === 'fact') return [proofOf(literal.relation, rows[place] as number)]
    if (premise.kind === 'not') return [notProof(engine, premise, codes)]
    if (premise.kind === 'aggregate')
      return [aggregateProof(engine, literal, { codes, row: rows[place] as number })]
    return []
  })
}

function notProof(
  engine: Engine,
  { relation, terms }: { relation: string; terms: readonly RuleTerm[] },
  codes: Int32Array,
): NotProof {
  const row = terms.map((term) => (term.kind === 'any' ? null : valueOf(engine, term, codes)))
  return { not: true, relation, row }
}

function aggregateProof(
  engine: Engine,
  { relation, premise, isNegated }: RuleAtom,
  { codes, row }: { codes: Int32Array; row: number },
): AggregateProof {
  if (premise.kind !== 'aggregate') throw new Error('not an aggregate')
  const { text, group, tuples, empty } = premise
  if (isNegated) return { aggregate: true, text, value: empty as Value, size: 0 }
  const value = engine.values.decode((relation.columns[group.length] as Int32Array)[row] as number)
  return { aggregate: true, text, value, size: countGroup(tuples, group, codes) }
}

function inlineProof(
  engine: Engine,
  { inputs, result, text, count }: RuleFunction,
  codes: Int32Array,
): AggregateProof {
  const value = valueOf(engine, result, codes)
  const known = inputs.map((term) =>
    term.kind === 'variable' ? (codes[term.variable] as number) : 0,
  )
  return { aggregate: true, text, value, size: count(engine.machine, known) }
}

function countGroup(tuples: Relation, group: readonly RuleTerm[], codes: Int32Array): number {
  const index = tuples.indexOn(group.map((_, place) => place))
  group.forEach((term, place) => {
    index.key[place] = term.kind === 'variable' ? (codes[term.variable] as number) : 0
  })
  let size = 0
  for (let row = index.first(); row >= 0; row = index.next[row] as number)
    if ((tuples.state[row] as number) & isNew) size += 1
  return size
}

function valueOf(engine: Engine, term: RuleTerm, codes: Int32Array): Value {
  if (term.kind === 'constant') return engine.values.decode(term.code)
  return engine.values.decode(term.kind === 'variable' ? (codes[term.variable] as number) : 0)
}
