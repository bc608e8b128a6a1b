import type { AnyRow, PreparedQuery } from '../contract.ts'
import { variablesOf } from '../demand/variables.ts'
import { namesOf } from '../evaluate/search.ts'
import { checkGoals } from '../language/check.ts'
import { DatalogError } from '../language/errors.ts'
import { parseGoals, type Source } from '../language/parser.ts'
import type { Atom, Clause, Literal, Value } from '../language/syntax.ts'
import type { RowShapes } from './rows.ts'

/** A question, read and checked. */
export interface Goals {
  readonly body: readonly Literal[]
  /** Named variables, in order. */
  readonly names: readonly string[]
  /** When it is one positive goal. */
  readonly atom: Atom | undefined
  /** Whether answers are objects by variable, instead of rows of the goal's relation. */
  readonly isByName: boolean
}

export interface GoalSurroundings {
  readonly arities: ReadonlyMap<string, number>
  readonly clauses: readonly Clause[]
  readonly closed: boolean
}

const most = 500

/** Reads questions, and remembers the last few hundred texts. */
export class GoalReader {
  readonly #read = new Map<string, Goals>()
  #prepared = new WeakMap<PreparedQuery, Goals>()

  read(query: string | PreparedQuery, surroundings: () => GoalSurroundings): Goals {
    if (typeof query !== 'string') {
      let prepared = this.#prepared.get(query)
      if (!prepared) {
        check(query.body, surroundings())
        prepared = describe(query.body, true)
        this.#prepared.set(query, prepared)
      }
      return prepared
    }
    const found = this.#read.get(query)
    if (found) return found
    const goals = describe(parseBody({ text: query }), false)
    check(goals.body, surroundings())
    if (this.#read.size >= most) this.#read.clear()
    this.#read.set(query, goals)
    return goals
  }

  /** After a change of the rules, a question may no longer be right. */
  forget(): void {
    this.#read.clear()
    this.#prepared = new WeakMap()
  }
}

export function parseBody(source: Source): readonly Literal[] {
  const { body, problems } = parseGoals(source)
  if (problems.length > 0) throw new DatalogError(problems)
  return body
}

function check(body: readonly Literal[], surroundings: GoalSurroundings): void {
  const problems = checkGoals(body, surroundings)
  if (problems.length > 0) throw new DatalogError(problems)
}

function describe(body: readonly Literal[], isByName: boolean): Goals {
  const [literal] = body
  const atom = body.length === 1 && literal?.kind === 'atom' ? literal.atom : undefined
  return { body, names: namesOf(body), atom, isByName }
}

/** Whether a variable of an atom stands in two of its columns. */
export function hasTwins({ terms }: Atom): boolean {
  const names = variablesOf(terms)
  return new Set(names).size < names.length
}

/** Whether a row of an atom's relation is an answer to it. */
export function createMatcher({ terms }: Atom): (row: readonly Value[]) => boolean {
  const firsts = terms.map((term) =>
    term.kind === 'variable' && term.name !== '_'
      ? terms.findIndex((other) => other.kind === 'variable' && other.name === term.name)
      : -1,
  )
  return (row) =>
    terms.every((term, place) => {
      if (term.kind === 'constant') return sameValue(term.value, row[place])
      const first = firsts[place] as number
      return first < 0 || first === place || sameValue(row[first], row[place])
    })
}

function sameValue(left: Value | undefined, right: Value | undefined): boolean {
  return (
    left === right || (typeof left === 'object' && JSON.stringify(left) === JSON.stringify(right))
  )
}

/** Answers as the caller of `query` and `subscribe` sees them. */
export function shapeAnswers(
  { atom, names, isByName }: Goals,
  shapes: RowShapes,
  rows: readonly (readonly Value[])[],
): AnyRow[] {
  if (!isByName) return atom ? rows.map((row) => shapes.shape(atom.relation, row)) : [...rows]
  if (atom) return nameAnswers(atom, names, rows)
  return rows.map((row) =>
    Object.fromEntries(names.map((name, place) => [name, row[place] as Value])),
  )
}

/** Turns rows of an atom's relation into one object for each different answer. */
function nameAnswers(
  { terms }: Atom,
  names: readonly string[],
  rows: readonly (readonly Value[])[],
): AnyRow[] {
  const places = names.map((name) =>
    terms.findIndex((term) => term.kind === 'variable' && term.name === name),
  )
  const answers = rows.map((row) =>
    Object.fromEntries(names.map((name, index) => [name, row[places[index] as number] as Value])),
  )
  if (!terms.some((term) => term.kind === 'variable' && term.name === '_')) return answers
  return [...new Map(answers.map((answer) => [JSON.stringify(answer), answer])).values()]
}
