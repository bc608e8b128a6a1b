import type { HashIndex } from './hash-index.ts'
import { hashSeed, mix } from './hash.ts'
import { cellBetween, type PairGrid } from './pair-grid.ts'
import type { Relation } from './relation.ts'

/** Pairs that go into a relation together, and the rows that then hold them. */
export interface PairBatch {
  readonly lefts: Int32Array
  readonly rights: Int32Array
  readonly rows: Int32Array
  readonly count: number
}

/**
 * Puts many pairs in: `putPair` for each, as loops without calls. A large program spends most of its time here, and
 * a small one is over before calls are fast.
 */
export function putPairs(relation: Relation, batch: PairBatch): void {
  const { lefts, rights, rows, count } = batch
  let place = 0
  while (place < count) {
    if (relation.size === relation.used) {
      const { grid } = relation.table
      if (!grid) place = putInSlots(relation, batch, place)
      else if (!grid.few) place = putInCells({ relation, grid }, batch, place)
      if (place === count) return
    }
    // A row that was free before, or one for which there must be more room.
    rows[place] = relation.putPair(lefts[place] as number, rights[place] as number)
    place += 1
  }
}

/** From one place on; returns that of the first pair for which there is no room. */
function putInSlots(
  relation: Relation,
  { lefts, rights, rows, count }: PairBatch,
  place: number,
): number {
  const { support, table, used } = relation
  const { slots, mask } = table
  const [first, second] = relation.columns as [Int32Array, Int32Array]
  const end = Math.min(relation.capacity, used + table.limit - table.count)
  let row = used
  for (; place < count; place += 1) {
    const left = lefts[place] as number
    const right = rights[place] as number
    let at = (mix(mix(hashSeed, left), right) & mask) * 3
    while (slots[at] !== 0 && (slots[at + 1] !== left || slots[at + 2] !== right)) {
      at += 3
      if (at === slots.length) at = 0
    }
    const found = slots[at] as number
    if (found !== 0) {
      rows[place] = found - 1
      continue
    }
    if (row === end) break
    first[row] = left
    second[row] = right
    support[row] = 0
    slots[at] = row + 1
    slots[at + 1] = left
    slots[at + 2] = right
    rows[place] = row
    row += 1
  }
  enter(relation, row)
  return place
}

/** The same where each pair has a cell. */
function putInCells(
  { relation, grid }: { readonly relation: Relation; readonly grid: PairGrid },
  { lefts, rights, rows, count }: PairBatch,
  place: number,
): number {
  const { support, table, used, capacity } = relation
  const { slots } = table
  const [first, second] = relation.columns as [Int32Array, Int32Array]
  let row = used
  for (; place < count; place += 1) {
    const left = lefts[place] as number
    const right = rights[place] as number
    const cell = cellBetween(grid, left, right)
    if (cell < 0) break
    const found = slots[cell] as number
    if (found !== 0) {
      rows[place] = found - 1
      continue
    }
    if (row === capacity) break
    first[row] = left
    second[row] = right
    support[row] = 0
    slots[cell] = row + 1
    rows[place] = row
    row += 1
  }
  enter(relation, row)
  return place
}

/** Rows that are written and findable up to here. */
function enter(relation: Relation, end: number): void {
  const { indexes, used } = relation
  relation.table.count += end - used
  relation.used = end
  for (let place = 0; place < indexes.length; place += 1)
    for (let row = used; row < end; row += 1) (indexes[place] as HashIndex).add(row)
}
