import { DatalogError } from '../language/errors.ts'
import type { Value } from '../language/syntax.ts'
import type { Machine } from '../plan/machine.ts'
import { type Output, outputSize } from '../plan/output.ts'
import type { Relation } from '../store/relation.ts'
import { isAsserted } from '../store/state.ts'
import type { Values } from '../store/values.ts'

export type Row = readonly Value[]

/** What a transaction may do. */
export interface Writer {
  readonly write: (name: string, row: Row, isInsert: boolean) => void
  /** Inserts many rows of one relation. */
  readonly insertAll: (name: string, rows: Iterable<Row>) => void
}

export interface WriterParts {
  readonly values: Values
  readonly machine: Machine
  findRelation(name: string): Relation | undefined
  /** Makes it when it is missing. */
  getRelation(name: string, arity: number): Relation
}

export function createWriter(parts: WriterParts): Writer {
  const { values } = parts
  return {
    write(name, row, isInsert) {
      const relation = isInsert ? parts.getRelation(name, row.length) : parts.findRelation(name)
      if (!relation) return
      if (relation.arity !== row.length) throw wrongArity(relation, row)
      for (let place = 0; place < row.length; place += 1) {
        const value = row[place] as Value
        const code = isInsert ? values.encode(value) : values.find(value)
        if (code === undefined) return
        relation.key[place] = code
      }
      const found = isInsert ? relation.put() : relation.find()
      if (found >= 0) relation.setAsserted(found, isInsert)
    },
    insertAll(name, rows) {
      const { output } = parts.machine
      let relation: Relation | undefined
      let columns: readonly Int32Array[] = []
      let count = 0
      for (const row of rows) {
        if (!relation) {
          relation = parts.getRelation(name, row.length)
          columns = output.forArity(row.length)
          if (Array.isArray(rows)) relation.reserve(rows.length)
        }
        if (relation.arity !== row.length) throw wrongArity(relation, row)
        for (let place = 0; place < row.length; place += 1)
          (columns[place] as Int32Array)[count] = values.encode(row[place] as Value)
        count += 1
        if (count === outputSize) {
          assertAll(relation, output, count)
          count = 0
        }
      }
      if (relation) assertAll(relation, output, count)
    },
  }
}

function assertAll(relation: Relation, output: Output, count: number): void {
  output.put(relation, count)
  const { state, flips } = relation
  flips.reserve(count)
  for (let place = 0; place < count; place += 1) {
    const row = output.rows[place] as number
    if (((state[row] as number) & isAsserted) === 0) relation.setAsserted(row, true)
  }
}

function wrongArity({ name, arity }: Relation, row: Row): DatalogError {
  const message = `${name} has ${arity} columns, and the row ${JSON.stringify(row)} has ${row.length}.`
  return new DatalogError([{ code: 'arity', message, hint: '' }])
}
