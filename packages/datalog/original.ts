import { Database } from './database/database.ts'
import { DatalogError } from './language/errors.ts'
import { parse } from './language/parser.ts'
import type { Atom, Clause, Value } from './language/syntax.ts'

/**
 * The function names of the engine that this one follows, as a thin layer. There saturation was a step of its own;
 * here everything is always saturated, so `saturate` and `clearIdb` have nothing left to do.
 */

export type Strategy = 'semi-naive' | 'magic'

/** A database as the functions here take it. */
export interface OriginalDatabase {
  readonly database: Database
  strategy: Strategy
}

/** A substitution: the values of a query's named variables. */
export type Substitution = Readonly<Record<string, Value>>

/** A database with the rules and facts of a text. */
export function program(text = ''): OriginalDatabase {
  const database = new Database(undefined, {})
  database.rules(text)
  return { database, strategy: 'semi-naive' }
}

/** Asserts one fact, for example `p(a, 3)`. Throws a DatalogError when it has variables or is not a fact. */
export function addFact(db: OriginalDatabase, fact: string): void {
  assert(db, fact)
}

/** Adds one rule or several. */
export function addRule(db: OriginalDatabase, rule: string): void {
  db.database.rules(rule)
}

/** Asserts a fact; what follows from it is there at once. */
export function assert(db: OriginalDatabase, fact: string): void {
  const { relation, row } = readFact(fact)
  db.database.tx((transaction) => transaction.insert(relation, row))
}

/** Takes an assertion back. A fact that is only derived, or not there, stays as it is; so do all other asserted facts. */
export function retract(db: OriginalDatabase, fact: string): void {
  const { relation, row } = readFact(fact)
  db.database.tx((transaction) => transaction.retract(relation, row))
}

/** All answers to a conjunction of goals, each one once. */
export function query(db: OriginalDatabase, goals: string): Substitution[] {
  return db.database.query<Substitution>(db.database.prepare(goals), {
    demand: db.strategy === 'magic',
  })
}

/** The same answers, worked out for this query alone. */
export function magicQuery(db: OriginalDatabase, goals: string): Substitution[] {
  return db.database.query<Substitution>(db.database.prepare(goals), { demand: true })
}

/** Nothing to do: what follows is kept up to date. Returns how many rows each relation has. */
export function saturate(db: OriginalDatabase): Readonly<Record<string, number>> {
  const { relations } = db.database.stats()
  return Object.fromEntries(Object.entries(relations).map(([name, { rows }]) => [name, rows]))
}

/** Forgets what was derived; as it follows from what is asserted, it is there again at once. */
export function clearIdb(db: OriginalDatabase): void {
  db.database.restore(db.database.snapshot())
}

/** Which of the two ways `query` takes; the answers are the same. */
export function setStrategy(db: OriginalDatabase, strategy: Strategy): void {
  db.strategy = strategy
}

function readFact(text: string): { relation: string; row: Value[] } {
  const { program: parsed, problems } = parse({ text: /\.\s*$/.test(text) ? text : `${text}.` })
  if (problems.length > 0) throw new DatalogError(problems)
  const [clause] = parsed.clauses
  if (!clause || parsed.clauses.length + parsed.queries.length !== 1 || clause.body.length > 0)
    throw notAFact(text)
  return { relation: clause.head.relation, row: rowOf(clause, clause.head) }
}

function rowOf({ span }: Clause, { relation, terms }: Atom): Value[] {
  return terms.map((term) => {
    if (term.kind === 'constant') return term.value
    const message = `${term.name} in the fact ${relation} has no value.`
    throw new DatalogError([{ code: 'unsafe', message, hint: 'A fact has no variables.', span }])
  })
}

function notAFact(text: string): DatalogError {
  return new DatalogError([
    { code: 'syntax', message: `${text} is not one fact.`, hint: 'Write p(a, 3).' },
  ])
}
