import type { DatalogOptions, Delta } from '../contract.ts'
import { type Database, datalog } from '../index.ts'
import type { Program } from '../language/syntax.ts'
import { keyOf, type Row } from './naive-values.ts'
import type { RelationRows, Rows } from './naive.ts'
import type { RandomProgram } from './random-program.ts'
import { printFact, type Shape } from './random-shapes.ts'
import type { Update } from './random-updates.ts'
import type { Random } from './random.ts'

export type AnyDatabase = Database

/** Where a run of the law stands: the database, and what its relations must be. */
export interface LawState {
  readonly random: Random
  readonly program: RandomProgram
  readonly rules: Program
  readonly options: DatalogOptions
  readonly db: AnyDatabase
  readonly asserted: RelationRows
  readonly expected: RelationRows
}

export function createDatabase(options: DatalogOptions): AnyDatabase {
  return datalog(undefined, options)
}

export function readRows(db: AnyDatabase, relation: string): Rows {
  return db.rows(relation) as Rows
}

export function readRelations(db: AnyDatabase, shapes: readonly Shape[]): RelationRows {
  return new Map(shapes.map(({ name }) => [name, readRows(db, name)]))
}

export function deltaRows(part: Delta['added']): RelationRows {
  return new Map(Object.entries(part).map(([relation, rows]) => [relation, rows as Rows]))
}

export function applyUpdate(db: AnyDatabase, update: Update): Delta {
  return db.tx((transaction) => {
    for (const { action, relation, row } of update) transaction[action](relation, row)
  })
}

/** What is asserted after the update. */
export function assertUpdate(asserted: RelationRows, update: Update): RelationRows {
  const rows = new Map([...asserted].map(([relation, known]) => [relation, keyedRows(known)]))
  for (const { action, relation, row } of update) {
    const known = rows.get(relation) ?? new Map<string, Row>()
    rows.set(relation, known)
    if (action === 'insert') known.set(keyOf(row), row)
    else known.delete(keyOf(row))
  }
  return new Map([...rows].map(([relation, known]) => [relation, [...known.values()]]))
}

export function printUpdate(update: Update): string {
  const sign = { insert: '+', retract: '-' }
  return update
    .map(({ action, relation, row }) => `${sign[action]} ${printFact(relation, row)}`)
    .join('  ')
}

function keyedRows(rows: Rows): Map<string, Row> {
  return new Map(rows.map((row) => [keyOf(row), row]))
}
