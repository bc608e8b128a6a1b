import type { Value } from '../language/syntax.ts'
import { type Fact, rowKey } from './facts.ts'

/** The facts that somebody asserted, in the order in which they came. */
export interface FactSet {
  /** False when it was there already. */
  add(fact: Fact): boolean
  /** False when it was not there. */
  remove(fact: Fact): boolean
  /** By relation, as `load` takes them. */
  rows(): Readonly<Record<string, readonly (readonly Value[])[]>>
}

export function createFactSet(): FactSet {
  const relations = new Map<string, Map<string, readonly Value[]>>()

  return {
    add({ relation, row }) {
      const rows = relations.get(relation) ?? new Map<string, readonly Value[]>()
      relations.set(relation, rows)
      const key = rowKey(row)
      if (rows.has(key)) return false
      rows.set(key, row)
      return true
    },
    remove({ relation, row }) {
      return relations.get(relation)?.delete(rowKey(row)) ?? false
    },
    rows() {
      const filled = [...relations].filter(([, rows]) => rows.size > 0)
      return Object.fromEntries(filled.map(([relation, rows]) => [relation, [...rows.values()]]))
    },
  }
}
