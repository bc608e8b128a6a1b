import type { Relation } from '../store/relation.ts'

const sampleSize = 64

/**
 * How many rows agree in these columns: as an index tells, and otherwise as a few rows do. Columns in which hardly
 * any two of those are alike are taken to tell rows apart as well as any others of the relation.
 */
export function estimateRows(relation: Relation, known: readonly number[]): number {
  const { arity, size } = relation
  const index = relation.findIndex(known)
  if (index) return index.rowsPerKey + 1
  if (known.length === 0) return size + 1
  if (known.length < arity && size > sampleSize) {
    const kinds = countKinds(relation, known)
    if (kinds * 2 < sampleSize) return size / kinds + 1
  }
  return (size + 1) ** (arity === 0 ? 0 : 1 - known.length / arity)
}

/** Different values in these columns among rows from all over the relation. */
function countKinds({ columns, used }: Relation, known: readonly number[]): number {
  const kinds = new Set<string>()
  for (let place = 0; place < sampleSize; place += 1) {
    const row = Math.floor((place * used) / sampleSize)
    kinds.add(known.map((column) => (columns[column] as Int32Array)[row]).join())
  }
  return kinds.size
}
