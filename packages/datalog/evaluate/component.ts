import type { Relation } from '../store/relation.ts'
import { isFlipped } from '../store/state.ts'

/** Relations that depend on each other, or one alone, with how they follow from those before them. */
export interface Component {
  readonly kind: 'asserted' | 'counting' | 'recursive' | 'aggregate'
  readonly relations: readonly Relation[]
  /**
   * Brings the relations up to date with the changes of those before them and with their own assertions:
   * afterwards `added` and `removed` are their net change. `isFirst`: nothing has been derived yet.
   */
  evaluate(isFirst: boolean): void
}

export const noRows = new Int32Array(0)

export function hasChanged({ added, removed }: Relation): boolean {
  return added.length > 0 || removed.length > 0
}

/** Rows whose assertion is another than before the transaction. */
export function netFlips(relation: Relation): number[] {
  const { flips, state } = relation
  const rows = []
  for (let place = 0; place < flips.length; place += 1) {
    const row = flips.items[place] as number
    if ((state[row] as number) & isFlipped) rows.push(row)
  }
  return rows
}

/**
 * Whether working out a component anew is less work than following the change: nearly all that it stands
 * on is new, or a tenth of it goes.
 */
export function isBigChange(inputs: Iterable<Relation>, isFirst: boolean): boolean {
  if (isFirst) return true
  let size = 0
  let added = 0
  let removed = 0
  for (const relation of inputs) {
    size += relation.size
    added += relation.added.length
    removed += relation.removed.length
  }
  return added + removed > 64 && (removed * 10 > size || added * 2 > size)
}
