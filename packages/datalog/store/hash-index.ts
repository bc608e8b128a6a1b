import { hashSeed, mix } from './hash.ts'
import type { Relation } from './relation.ts'

const smallest = 32

/**
 * The rows of a relation by the values of some columns: an open-addressing table of the first row of each
 * key, and the others linked through the rows themselves.
 */
export class HashIndex {
  readonly columns: readonly number[]
  readonly key: Int32Array
  /** Next row of the same key, or -1. */
  next: Int32Array
  previous: Int32Array
  heads: Int32Array
  mask: number
  /** The first of its columns, for the most usual look-up. */
  firstColumn: Int32Array
  #keyCount = 0
  readonly #relation: Relation

  constructor(relation: Relation, columns: readonly number[]) {
    this.#relation = relation
    this.columns = columns
    this.key = new Int32Array(columns.length)
    this.next = this.previous = this.heads = this.firstColumn = new Int32Array(0)
    this.mask = 0
    this.rebuild()
  }

  /** From the relation's rows as they are now. */
  rebuild(): void {
    const { capacity, used, state } = this.#relation
    this.next = new Int32Array(capacity)
    this.previous = new Int32Array(capacity)
    this.heads = new Int32Array(smallest).fill(-1)
    this.mask = smallest - 1
    this.#keyCount = 0
    this.firstColumn = this.#column(0)
    for (let row = 0; row < used; row += 1) if (state[row] !== 0) this.add(row)
  }

  get bytes(): number {
    return this.next.byteLength * 2 + this.heads.byteLength
  }

  /** How many rows a key has, on average. */
  get rowsPerKey(): number {
    return this.#keyCount === 0 ? 0 : this.#relation.size / this.#keyCount
  }

  /** Called by the relation when its columns have moved to larger arrays. */
  onGrow(): void {
    this.next = grow(this.next, this.#relation.capacity)
    this.previous = grow(this.previous, this.#relation.capacity)
    this.firstColumn = this.#column(0)
  }

  /** The first row whose single indexed column holds this code, or -1. */
  first1(code: number): number {
    const { heads, mask, firstColumn } = this
    let slot = mix(hashSeed, code) & mask
    for (;;) {
      const row = heads[slot] as number
      if (row < 0 || firstColumn[row] === code) return row
      slot = (slot + 1) & mask
    }
  }

  /** The first row that agrees with `key`, or -1. */
  first(): number {
    const slot = this.#slotOf(this.key)
    return this.heads[slot] as number
  }

  add(row: number): void {
    const slot = this.key.length === 1 ? this.#slotOf1(row) : this.#slotOfRow(row)
    const head = this.heads[slot] as number
    this.next[row] = head
    this.previous[row] = -1
    this.heads[slot] = row
    if (head >= 0) this.previous[head] = row
    else if (++this.#keyCount * 2 > this.mask) this.#growHeads()
  }

  remove(row: number): void {
    const next = this.next[row] as number
    const previous = this.previous[row] as number
    if (next >= 0) this.previous[next] = previous
    if (previous >= 0) {
      this.next[previous] = next
      return
    }
    let slot = this.#hashOf(row) & this.mask
    while (this.heads[slot] !== row) slot = (slot + 1) & this.mask
    if (next >= 0) this.heads[slot] = next
    else {
      this.#keyCount -= 1
      closeGap({ table: this.heads, mask: this.mask, slot, hashOf: (other) => this.#hashOf(other) })
    }
  }

  #slotOf1(row: number): number {
    const { heads, mask, firstColumn } = this
    const code = firstColumn[row] as number
    let slot = mix(hashSeed, code) & mask
    for (;;) {
      const head = heads[slot] as number
      if (head < 0 || firstColumn[head] === code) return slot
      slot = (slot + 1) & mask
    }
  }

  #slotOfRow(row: number): number {
    for (let place = 0; place < this.key.length; place += 1)
      this.key[place] = this.#column(place)[row] as number
    return this.#slotOf(this.key)
  }

  #column(place: number): Int32Array {
    return this.#relation.columns[this.columns[place] as number] as Int32Array
  }

  #hashOf(row: number): number {
    let hash = hashSeed
    for (let place = 0; place < this.key.length; place += 1)
      hash = mix(hash, this.#column(place)[row] as number)
    return hash
  }

  #slotOf(key: Int32Array): number {
    let hash = hashSeed
    for (let place = 0; place < key.length; place += 1) hash = mix(hash, key[place] as number)
    let slot = hash & this.mask
    for (;;) {
      const row = this.heads[slot] as number
      if (row < 0 || this.#agrees(row, key)) return slot
      slot = (slot + 1) & this.mask
    }
  }

  #agrees(row: number, key: Int32Array): boolean {
    for (let place = 0; place < key.length; place += 1)
      if (this.#column(place)[row] !== key[place]) return false
    return true
  }

  #growHeads(): void {
    const old = this.heads
    this.heads = new Int32Array(old.length * 2).fill(-1)
    this.mask = this.heads.length - 1
    for (let slot = 0; slot < old.length; slot += 1) {
      const row = old[slot] as number
      if (row >= 0) this.heads[emptySlot(this.heads, this.mask, this.#hashOf(row))] = row
    }
  }
}

export function grow(array: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(capacity)
  grown.set(array)
  return grown
}

export function emptySlot(table: Int32Array, mask: number, hash: number): number {
  let slot = hash & mask
  while ((table[slot] as number) >= 0) slot = (slot + 1) & mask
  return slot
}

interface Gap {
  readonly table: Int32Array
  readonly mask: number
  readonly slot: number
  readonly hashOf: (row: number) => number
}

/** Empties a slot of an open-addressing table without a tombstone: what probed past it moves back. */
export function closeGap({ table, mask, slot, hashOf }: Gap): void {
  let gap = slot
  for (let probe = (slot + 1) & mask; ; probe = (probe + 1) & mask) {
    const row = table[probe] as number
    if (row < 0) break
    const home = hashOf(row) & mask
    if (((probe - home) & mask) >= ((probe - gap) & mask)) {
      table[gap] = row
      gap = probe
    }
  }
  table[gap] = -1
}
