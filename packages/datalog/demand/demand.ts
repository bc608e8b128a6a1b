import type { ExternalRelation } from '../contract.ts'
import type { Engine } from '../evaluate/engine.ts'
import { Network, partsOf } from '../evaluate/network.ts'
import { DatalogError } from '../language/errors.ts'
import { formatClause } from '../language/format.ts'
import type { Atom, Clause, Value } from '../language/syntax.ts'
import { Budget } from '../plan/budget.ts'
import { createDependence } from '../plan/dependence.ts'
import { Machine } from '../plan/machine.ts'
import { Normaliser } from '../plan/normalise.ts'
import type { Relation } from '../store/relation.ts'
import { isAsserted, isFlipped, isListed, isNew } from '../store/state.ts'
import { assertedName } from './adorned-atoms.ts'
import { rewriteForGoal, type Source } from './magic.ts'
import type { Pull } from './pull.ts'

export interface DemandSources {
  /** Every rule there is, of materialised relations too. */
  readonly clauses: readonly Clause[]
  readonly externals: ReadonlyMap<string, ExternalRelation>
  /** Whether the rows of a relation that has rules are all there; the goal may be asked as if none were. */
  readonly isStored: (relation: string) => boolean
}

/** A goal with some columns known, ready to be asked again and again. */
export interface PreparedGoal {
  /** Rows of the goal's relation that have these values in the known columns. */
  ask(bound: readonly Value[]): Value[][]
}

/**
 * Prepares to answer a goal from what is asserted, working out only what its known columns need. `adornment` has
 * a `b` for each known column and an `f` for each other.
 */
export function prepareGoal(
  engine: Engine,
  { relation, adornment }: { relation: string; adornment: string },
  sources: DemandSources,
): PreparedGoal {
  const rewritten = rewriteForGoal(relation, adornment, (name) => sourceOf(name, sources))
  const heads = new Set(sources.clauses.map(({ head }) => head.relation))
  const asserted = new Map(
    [...engine.normaliser.relations].flatMap(([name, stored]) =>
      heads.has(name) ? [[assertedName(name), stored] as const] : [],
    ),
  )
  const shared = new Map([...engine.normaliser.relations].filter(([, { isHidden }]) => !isHidden))
  const normaliser = new Normaliser(engine.values, {
    shared,
    asserted,
    isRecursive: createDependence(rewritten.clauses.map(({ clause }) => clause)),
  })
  const places = knownPlaces(adornment)
  const seed = normaliser.relation(rewritten.seed, places.length)
  for (const pull of rewritten.pulls)
    addPull(engine, normaliser, { pull, external: sources.externals.get(pull.relation) })
  const facts = rewritten.clauses.flatMap(({ clause }) =>
    clause.body.length === 0 ? [clause] : [],
  )
  for (const { clause, origin } of rewritten.clauses)
    if (clause.body.length > 0) normaliser.addClause(clause, () => formatClause(origin ?? clause))
  const { isChain } = rewritten
  const answers = normaliser.relation(
    rewritten.answers,
    isChain ? adornment.length - places.length : adornment.length,
  )
  for (const { head } of facts) normaliser.relation(head.relation, head.terms.length)
  for (const name of asserted.keys()) normaliser.relations.delete(name)
  const machine = new Machine(engine.values, new Budget(normaliser.rules, engine.options))
  // Whether there is an answer is known with the first one, so it is looked for with each step of the chain;
  // but an aggregate waits until all questions have been asked.
  const hasAggregate = rewritten.clauses.some(({ clause }) =>
    clause.body.some(({ kind }) => kind === 'aggregate'),
  )
  const isTest = isChain && answers.arity === 0 && !hasAggregate
  const parts = { ...partsOf(normaliser), together: isTest ? [seed, answers] : [] }
  const settings = { machine, compiles: engine.compiles, isRanked: false }
  const network = new Network(parts, isTest ? { ...settings, until: answers } : settings)

  return {
    ask(bound) {
      network.clear()
      bound.forEach((value, place) => (seed.key[place] = engine.values.encode(value)))
      assert(seed)
      for (const { head } of facts)
        fill(engine, normaliser.relation(head.relation, head.terms.length), head)
      network.evaluate(true)
      return isChain
        ? completeRows(engine, answers, { adornment, bound })
        : select(engine, answers, { places, bound })
    },
  }
}

function sourceOf(name: string, { clauses, externals, isStored }: DemandSources): Source {
  if (externals.has(name)) return { kind: 'external' }
  if (isStored(name)) return { kind: 'stored' }
  const own = clauses.filter(({ head }) => head.relation === name)
  return own.length > 0 ? { kind: 'rules', clauses: own } : { kind: 'stored' }
}

function addPull(
  engine: Engine,
  normaliser: Normaliser,
  { pull, external }: { pull: Pull; external: ExternalRelation | undefined },
): void {
  const known = knownPlaces(pull.adornment)
  const questions = normaliser.relation(pull.questions, known.length)
  const terms = known.map((_, variable) => ({ kind: 'variable', variable }) as const)
  normaliser.rules.push({
    head: normaliser.relation(pull.name, pull.arity),
    terms: [],
    body: [
      { kind: 'atom', relation: questions, terms, isNegated: false, premise: { kind: 'none' } },
    ],
    variables: known.map(() => undefined),
    text: `the external relation ${pull.relation}`,
    *pull(question) {
      const bound: (Value | undefined)[] = Array.from({ length: pull.arity }, () => undefined)
      known.forEach((place, column) => {
        bound[place] = engine.values.decode(
          (questions.columns[column] as Int32Array)[question] as number,
        )
      })
      for (const row of external?.rows(bound) ?? []) {
        if (row.length !== pull.arity) throw wrongRow(pull, row)
        if (bound.every((value, place) => value === undefined || value === row[place]))
          yield row.map((value) => engine.values.encode(value))
      }
    },
  })
}

function knownPlaces(adornment: string): number[] {
  return Array.from(adornment, (mark, place) => (mark === 'b' ? place : -1)).filter(
    (place) => place >= 0,
  )
}

function wrongRow({ relation, arity }: Pull, row: readonly Value[]): DatalogError {
  const message = `The external relation ${relation} gave the row ${JSON.stringify(row)} for ${arity} columns.`
  return new DatalogError([{ code: 'arity', message, hint: '' }])
}

function fill(engine: Engine, relation: Relation, { terms }: Atom): void {
  terms.forEach((term, place) => {
    if (term.kind === 'constant') relation.key[place] = engine.values.encode(term.value)
  })
  assert(relation)
}

function assert(relation: Relation): void {
  const row = relation.put()
  if (relation.state[row]) return
  relation.state[row] = isAsserted | isFlipped | isListed
  relation.flips.push(row)
}

function select(
  engine: Engine,
  relation: Relation,
  { places, bound }: { places: readonly number[]; bound: readonly Value[] },
): Value[][] {
  const codes = bound.map((value) => engine.values.encode(value))
  const rows: Value[][] = []
  for (let row = 0; row < relation.used; row += 1) {
    if (((relation.state[row] as number) & isNew) === 0) continue
    if (places.every((place, index) => relation.columns[place]?.[row] === codes[index]))
      rows.push(engine.decodeRow(relation, row))
  }
  return rows
}

/** The known values, and the others from each row. */
function completeRows(
  engine: Engine,
  relation: Relation,
  { adornment, bound }: { adornment: string; bound: readonly Value[] },
): Value[][] {
  const rows: Value[][] = []
  for (let row = 0; row < relation.used; row += 1) {
    if (((relation.state[row] as number) & isNew) === 0) continue
    const known = bound.values()
    const found = engine.decodeRow(relation, row).values()
    rows.push(Array.from(adornment, (mark) => (mark === 'b' ? known : found).next().value as Value))
  }
  return rows
}
