import type { DatalogOptions } from '../contract.ts'
import { datalog } from '../index.ts'
import { parseProgram } from '../language/parser.ts'
import type { Clause } from '../language/syntax.ts'
import { expectedAnswer } from '../testing/law-queries.ts'
import { applyUpdate, assertUpdate, deltaRows } from '../testing/law-state.ts'
import type { Row } from '../testing/naive-values.ts'
import { assertedFacts, evaluate, type RelationRows, type Rows } from '../testing/naive.ts'
import type { Update } from '../testing/random-updates.ts'
import { without } from '../testing/row-sets.ts'

/** What a case is run against. */
export interface Subject {
  readonly isOracle: boolean
  rules(text: string): void
  apply(update: Update): Changes
  rows(relation: string): Rows
  query(text: string, demand: boolean): Rows
  /** The proof as text, or null; undefined where there are no proofs. */
  explain(relation: string, row: Row): string | null | undefined
  /** The reasons as text; undefined where there are none. */
  whyNot(relation: string, row: Row): string | undefined
}

export interface Changes {
  readonly added: RelationRows
  readonly removed: RelationRows
}

export function createEngine(options: DatalogOptions): Subject {
  const db = datalog(undefined, options)
  return {
    isOracle: false,
    rules: (text) => void db.rules(text),
    apply: (update) => {
      const { added, removed } = applyUpdate(db, update)
      return { added: deltaRows(added), removed: deltaRows(removed) }
    },
    rows: (relation) => db.rows(relation) as Rows,
    query: (text, demand) => db.query(text, { demand }) as Rows,
    explain: (relation, row) => db.explain(relation, row)?.toText() ?? null,
    whyNot: (relation, row) => {
      const { holds, rules } = db.whyNot(relation, row)
      return holds ? 'holds' : JSON.stringify(rules)
    },
  }
}

/** The oracle, held to the same cases. */
export function createNaive(): Subject {
  let clauses: readonly Clause[] = []
  let asserted: RelationRows = new Map()
  let relations: RelationRows = new Map()
  const become = (next: RelationRows, all = clauses): Changes => {
    const before = relations
    relations = evaluate({ text: '', clauses: all, queries: [] }, next)
    asserted = next
    clauses = all
    return { added: differences(relations, before), removed: differences(before, relations) }
  }
  return {
    isOracle: true,
    rules: (text) => {
      const program = parseProgram(text)
      const rules = program.clauses.filter(({ body }) => body.length > 0)
      const operations = [...assertedFacts(program)].flatMap(([relation, rows]) =>
        rows.map((row) => ({ action: 'insert' as const, relation, row })),
      )
      become(assertUpdate(asserted, operations), [...clauses, ...rules])
    },
    apply: (update) => become(assertUpdate(asserted, update)),
    rows: (relation) => relations.get(relation) ?? [],
    query: (text) => expectedAnswer(text, relations),
    explain: () => undefined,
    whyNot: () => undefined,
  }
}

function differences(relations: RelationRows, others: RelationRows): RelationRows {
  return new Map(
    [...relations].map(([name, rows]) => [name, without(rows, others.get(name) ?? [])]),
  )
}
