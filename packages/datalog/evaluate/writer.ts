import { DatalogError } from '../language/errors.ts'
import type { Value } from '../language/syntax.ts'
import type { Relation } from '../store/relation.ts'
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
      let relation: Relation | undefined
      for (const row of rows) {
        if (!relation) {
          relation = parts.getRelation(name, row.length)
          if (Array.isArray(rows)) relation.reserve(rows.length)
        }
        if (relation.arity !== row.length) throw wrongArity(relation, row)
        for (let place = 0; place < row.length; place += 1)
          relation.key[place] = values.encode(row[place] as Value)
        relation.setAsserted(relation.put(), true)
      }
    },
  }
}

function wrongArity({ name, arity }: Relation, row: Row): DatalogError {
  const message = `${name} has ${arity} columns, and the row ${JSON.stringify(row)} has ${row.length}.`
  return new DatalogError([{ code: 'arity', message, hint: '' }])
}
