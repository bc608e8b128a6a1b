import type { AnyRow, ExternalRelation } from '../contract.ts'
import { type PreparedGoal, prepareGoal } from '../demand/demand.ts'
import { Engine } from '../evaluate/engine.ts'
import { countAtom, createView, searchAtom } from '../evaluate/search.ts'
import { isArithmeticError } from '../language/errors.ts'
import type { Atom, Literal, Term, Value } from '../language/syntax.ts'
import { isNew } from '../store/state.ts'
import { createMatcher, type Goals, hasTwins, shapeAnswers } from './goals.ts'
import type { RowShapes } from './rows.ts'
import type { RuleBook } from './rule-book.ts'

const mostRemembered = 200

interface AnswerParts {
  readonly engine: Engine
  readonly shapes: RowShapes
  readonly externals: ReadonlyMap<string, ExternalRelation>
  readonly book: () => RuleBook
}

/** Answers questions: from the rows of materialised relations, and on demand for the others. */
export class Answers {
  readonly #parts: AnswerParts
  readonly #prepared = new Map<string, PreparedGoal>()
  readonly #remembered = new Map<string, Value[][]>()
  #version = -1
  #stamp = -1

  constructor(parts: AnswerParts) {
    this.#parts = parts
  }

  /** Whether a relation's rows are not there until they are asked for. */
  isAsked(relation: string): boolean {
    const { externals, book } = this.#parts
    return externals.has(relation) || book().asked.has(relation)
  }

  answer(goals: Goals, { demand = false }: { readonly demand?: boolean }): AnyRow[] {
    const { atom, body, names } = goals
    if (atom) return shapeAnswers(goals, this.#parts.shapes, this.#rowsOf(atom, demand))
    const rows = body.some((literal) => this.#needsAsking(literal, demand))
      ? this.#askBody(goals)
      : this.#search(body, names)
    return shapeAnswers(goals, this.#parts.shapes, rows)
  }

  /** How many answers there are, without reading them where the goal's rows are kept. */
  count(goals: Goals): number {
    const { atom, isByName } = goals
    if (!atom || isByName || this.isAsked(atom.relation)) return this.answer(goals, {}).length
    const relation = this.#parts.engine.findRelation(atom.relation)
    return relation ? countAtom(this.#parts.engine, relation, atom) : 0
  }

  /** Rows that have these values, where there are some. */
  select(relation: string, values: readonly (Value | undefined)[]): Value[][] {
    const arity = Math.max(this.#arityOf(relation) ?? 0, values.length)
    const span = { start: 0, end: 0, line: 1, column: 1 }
    const terms = Array.from({ length: arity }, (_, place): Term => {
      const value = values[place]
      return value === undefined
        ? { kind: 'variable', name: '_', span }
        : { kind: 'constant', value, span }
    })
    return this.#rowsOf({ relation, terms, span }, false)
  }

  /** Everything worked out, relations on demand as well: what explaining one of them takes. */
  materialise(): Engine {
    const { engine, externals, book } = this.#parts
    const whole = new Engine(engine.options)
    const { clauses, arities } = book()
    whole.setRules(clauses, [], arities)
    whole.transact(
      ({ write, insertAll }) => {
        for (const [relation, row] of engine.assertedRows()) write(relation, row, true)
        for (const [relation, { arity, rows }] of externals)
          insertAll(relation, rows(Array.from({ length: arity }, () => undefined)))
      },
      () => undefined,
    )
    return whole
  }

  #arityOf(relation: string): number | undefined {
    const { engine, externals, book } = this.#parts
    return (
      externals.get(relation)?.arity ??
      engine.findRelation(relation)?.arity ??
      book().arities.get(relation)
    )
  }

  #needsAsking(literal: Literal, demand: boolean): boolean {
    if (literal.kind === 'comparison') return false
    if (literal.kind === 'aggregate')
      return literal.body.some((inner) => this.#needsAsking(inner, demand))
    return this.isAsked(literal.atom.relation) || (demand && this.#hasRules(literal.atom.relation))
  }

  #hasRules(relation: string): boolean {
    const { asked, materialised } = this.#parts.book()
    return asked.has(relation) || materialised.has(relation)
  }

  #rowsOf(atom: Atom, demand: boolean): Value[][] {
    const { engine } = this.#parts
    if (this.isAsked(atom.relation) || (demand && this.#hasRules(atom.relation)))
      return this.#ask(atom, demand)
    const relation = engine.findRelation(atom.relation)
    if (!relation) return []
    return searchAtom(engine, relation, atom).map((row) => engine.decodeRow(relation, row))
  }

  #search(body: readonly Literal[], names: readonly string[]): Value[][] {
    const { engine } = this.#parts
    const { answers } = createView(engine, body, names)
    const rows: Value[][] = []
    for (let row = 0; row < answers.used; row += 1)
      if ((answers.state[row] as number) & isNew) rows.push(engine.decodeRow(answers, row))
    return rows
  }

  #ask(atom: Atom, demand: boolean): Value[][] {
    const { engine, externals } = this.#parts
    const bound = atom.terms.flatMap((term) => (term.kind === 'constant' ? [term.value] : []))
    const adornment = atom.terms.map((term) => (term.kind === 'constant' ? 'b' : 'f')).join('')
    if (this.#stamp !== engine.stamp) this.#remembered.clear()
    this.#stamp = engine.stamp
    const key = JSON.stringify([atom.relation, adornment, demand, bound])
    let rows = this.#remembered.get(key)
    if (!rows) {
      rows = this.#work(atom, () => this.#prepare(atom.relation, adornment, demand).ask(bound))
      if (this.#remembered.size >= mostRemembered) this.#remembered.clear()
      // What is elsewhere may change at any time.
      if (externals.size === 0) this.#remembered.set(key, rows)
    }
    const matching = hasTwins(atom) ? rows.filter(createMatcher(atom)) : rows
    return matching.map((row) => [...row])
  }

  /** A rule that is asked of one value may meet what it would not of all: only what all of it says is an error. */
  #work({ relation: name, terms, span }: Atom, ask: () => Value[][]): Value[][] {
    try {
      return ask()
    } catch (error) {
      if (!isArithmeticError(error)) throw error
      const whole = this.materialise()
      const relation = whole.findRelation(name)
      if (!relation) return []
      const known = terms.map((term): Term =>
        term.kind === 'constant' ? term : { kind: 'variable', name: '_', span },
      )
      const found = searchAtom(whole, relation, { relation: name, terms: known, span })
      return found.map((row) => whole.decodeRow(relation, row))
    }
  }

  #prepare(relation: string, adornment: string, demand: boolean): PreparedGoal {
    const { engine, externals, book } = this.#parts
    if (this.#version !== engine.version) this.#prepared.clear()
    this.#version = engine.version
    const key = JSON.stringify([relation, adornment, demand])
    let prepared = this.#prepared.get(key)
    if (!prepared) {
      const { clauses, asked } = book()
      const isStored = (name: string) => !demand && !asked.has(name)
      prepared = prepareGoal(engine, { relation, adornment }, { clauses, externals, isStored })
      this.#prepared.set(key, prepared)
    }
    return prepared
  }

  /** A conjunction that reads what is on demand is itself a relation on demand. */
  #askBody({ body, names }: Goals): Value[][] {
    const { engine, externals, book } = this.#parts
    const span = { start: 0, end: 0, line: 1, column: 1 }
    const terms = names.map((name): Term => ({ kind: 'variable', name, span }))
    const relation = 'the query\0'
    const clause = { kind: 'clause', head: { relation, terms, span }, body, span } as const
    const { clauses, asked } = book()
    const isStored = (name: string) => name !== relation && !asked.has(name)
    const goal = { relation, adornment: 'f'.repeat(names.length) }
    return prepareGoal(engine, goal, { clauses: [...clauses, clause], externals, isStored }).ask([])
  }
}
