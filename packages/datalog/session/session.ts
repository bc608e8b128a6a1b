import type { DatalogOptions, Delta } from '../contract.ts'
import { datalog } from '../index.ts'
import { parseProgram } from '../language/parser.ts'
import type { Clause, Program, Query } from '../language/syntax.ts'
import { createFactSet, type FactSet } from './fact-set.ts'
import { type Fact, factOf } from './facts.ts'

export type SessionDatabase = ReturnType<typeof datalog>

export interface Change {
  readonly sign: '+' | '-'
  readonly fact: Fact
}

/** What a program's text brought. Its queries are not answered yet. */
export interface Added {
  readonly ruleCount: number
  readonly factCount: number
  readonly queries: readonly Query[]
  /** What came true and what no longer is; undefined when rules came too. */
  readonly delta: Delta | undefined
}

export interface Undone {
  /** `rules` and `facts` are the numbers of those that were taken back. */
  readonly ruleCount: number
  readonly factCount: number
  readonly delta: Delta | undefined
}

/**
 * A database with a memory of what was done to it, so that the last change can be taken back and the
 * whole be written down: what a REPL and a playground stand on. Every method throws DatalogError, and
 * then nothing has changed.
 */
export interface Session {
  /** Another one after `undo` of rules and after `reset`. */
  readonly database: SessionDatabase
  readonly rules: readonly Rule[]
  add(text: string): Added
  change(changes: readonly Change[]): Delta
  undo(): Undone | undefined
  reset(): void
}

export interface Rule {
  readonly text: string
  readonly clause: Clause
}

interface Entry {
  readonly rules: readonly Rule[]
  /** Only what really changed the set of asserted facts. */
  readonly changes: readonly Change[]
}

export function createSession(options: DatalogOptions = {}): Session {
  let database = datalog(undefined, options)
  let asserted = createFactSet()
  let journal: Entry[] = []

  function apply(changes: readonly Change[]): Delta {
    return database.tx((transaction) => {
      for (const { sign, fact } of changes) {
        if (sign === '+') transaction.insert(fact.relation, fact.row)
        else transaction.retract(fact.relation, fact.row)
      }
    })
  }

  return {
    get database() {
      return database
    },
    get rules() {
      return journal.flatMap(({ rules }) => rules)
    },
    add(text) {
      const program = parseProgram(text)
      const { clauses, queries } = program
      const rules = rulesOf(program)
      const facts = clauses.filter(({ body }) => body.length === 0).map(factOf)
      const additions = facts.map((fact): Change => ({ sign: '+', fact }))
      const delta = rules.length === 0 ? apply(additions) : void database.add(program)
      const changes = remember(asserted, additions)
      if (clauses.length > 0) journal.push({ rules, changes })
      return { ruleCount: rules.length, factCount: facts.length, queries, delta }
    },
    change(changes) {
      const delta = apply(changes)
      journal.push({ rules: [], changes: remember(asserted, changes) })
      return delta
    },
    undo() {
      const entry = journal.at(-1)
      if (!entry) return undefined
      const { rules, changes } = entry
      const counts = { ruleCount: rules.length, factCount: changes.length }
      const inverse = changes.toReversed().map(turned)
      if (rules.length === 0) {
        const delta = apply(inverse)
        remember(asserted, inverse)
        journal = journal.slice(0, -1)
        return { ...counts, delta }
      }
      remember(asserted, inverse)
      journal = journal.slice(0, -1)
      database = rebuild(options, { asserted, rules: journal.flatMap((kept) => kept.rules) })
      return { ...counts, delta: undefined }
    },
    reset() {
      database = datalog(undefined, options)
      asserted = createFactSet()
      journal = []
    },
  }
}

/** The changes that were none before, for example the assertion of what is asserted, are left out. */
function remember(asserted: FactSet, changes: readonly Change[]): readonly Change[] {
  return changes.filter(({ sign, fact }) =>
    sign === '+' ? asserted.add(fact) : asserted.remove(fact),
  )
}

function turned({ sign, fact }: Change): Change {
  return { sign: sign === '+' ? '-' : '+', fact }
}

function rebuild(
  options: DatalogOptions,
  { asserted, rules }: { asserted: FactSet; rules: readonly Rule[] },
): SessionDatabase {
  const database = datalog(undefined, options)
  database.load(asserted.rows())
  if (rules.length > 0) database.rules(rules.map(({ text }) => text).join('\n'))
  return database
}

function rulesOf({ text, clauses }: Program): readonly Rule[] {
  return clauses
    .filter(({ body }) => body.length > 0)
    .map((clause) => {
      const { start, end } = clause.span
      const written = text.slice(start, end).trim()
      return { text: written.endsWith('.') ? written : `${written}.`, clause }
    })
}
