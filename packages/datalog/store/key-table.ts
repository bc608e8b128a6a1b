import { hashSeed, mix } from './hash.ts'

const fewest = 32
/** Of a hundred slots, so many may be taken. */
const mostTaken = 70

/** Key columns that stand beside the row number, so that most look-ups read one place of memory. */
const mostBeside = 2

/**
 * Finds a relation's rows by all of their columns: open addressing with linear probing. A slot has a row
 * number, or -1, and then the row's first columns.
 */
export class KeyTable {
  slots = new Int32Array(0)
  /** Slots there are, less one. */
  mask = 0
  /** Rows there is room for. */
  limit = 0
  /** Integers a slot has. */
  readonly stride: number
  readonly #columns: readonly Int32Array[]

  /** `columns` are the relation's, and stay the same array when each of them is replaced by a larger one. */
  constructor(columns: readonly Int32Array[]) {
    this.#columns = columns
    this.stride = strideOf(columns.length)
    this.reset(0)
  }

  /** Without rows, and with room for so many. */
  reset(rows: number): void {
    let count = fewest
    while (count * mostTaken < rows * 100) count *= 2
    this.slots = new Int32Array(count * this.stride).fill(-1)
    this.mask = count - 1
    this.limit = Math.floor((count * mostTaken) / 100)
  }

  /** Where the slot of a row with this key is, or would be. */
  positionOf(key: Int32Array, hash: number): number {
    const { slots, stride } = this
    let position = (hash & this.mask) * stride
    while ((slots[position] as number) >= 0 && !this.#agrees(position, key))
      position = this.#after(position)
    return position
  }

  /** Fills an empty slot for a row whose columns have been written. */
  set(position: number, row: number): void {
    const { slots, stride } = this
    slots[position] = row
    if (stride > 1) slots[position + 1] = (this.#columns[0] as Int32Array)[row] as number
    if (stride > 2) slots[position + 2] = (this.#columns[1] as Int32Array)[row] as number
  }

  emptyPosition(hash: number): number {
    const { slots } = this
    let position = (hash & this.mask) * this.stride
    while ((slots[position] as number) >= 0) position = this.#after(position)
    return position
  }

  /** Makes room for twice as many rows: slots move almost in the order in which they stand. */
  grow(): void {
    const { slots, stride } = this
    this.reset(this.limit * 2)
    for (let position = 0; position < slots.length; position += stride) {
      if ((slots[position] as number) < 0) continue
      const target = this.emptyPosition(this.#hashAt(slots, position))
      this.slots[target] = slots[position] as number
      if (stride > 1) this.slots[target + 1] = slots[position + 1] as number
      if (stride > 2) this.slots[target + 2] = slots[position + 2] as number
    }
  }

  /** From the columns, when rows have got new numbers. */
  refill(used: number): void {
    this.reset(used)
    for (let row = 0; row < used; row += 1) this.set(this.emptyPosition(this.#hashOf(row)), row)
  }

  /** Takes a row out without a tombstone: what probed past it moves back. */
  remove(row: number): void {
    const { slots, mask, stride } = this
    let gap = (this.#hashOf(row) & mask) * stride
    while (slots[gap] !== row) gap = this.#after(gap)
    for (let probe = this.#after(gap); (slots[probe] as number) >= 0; probe = this.#after(probe)) {
      const hash = this.#hashAt(slots, probe)
      const place = probe / stride
      if (((place - (hash & mask)) & mask) < ((place - gap / stride) & mask)) continue
      slots.copyWithin(gap, probe, probe + stride)
      gap = probe
    }
    slots[gap] = -1
  }

  #after(position: number): number {
    const next = position + this.stride
    return next === this.slots.length ? 0 : next
  }

  #agrees(position: number, key: Int32Array): boolean {
    const { slots } = this
    const beside = this.stride - 1
    for (let place = 0; place < beside; place += 1)
      if (slots[position + 1 + place] !== key[place]) return false
    const row = slots[position] as number
    for (let place = beside; place < key.length; place += 1)
      if ((this.#columns[place] as Int32Array)[row] !== key[place]) return false
    return true
  }

  /** Of the row in a slot. */
  #hashAt(slots: Int32Array, position: number): number {
    const arity = this.#columns.length
    if (arity > mostBeside) return this.#hashOf(slots[position] as number)
    if (arity === 0) return hashSeed
    const hash = mix(hashSeed, slots[position + 1] as number)
    return arity === 1 ? hash : mix(hash, slots[position + 2] as number)
  }

  #hashOf(row: number): number {
    let hash = hashSeed
    for (let place = 0; place < this.#columns.length; place += 1)
      hash = mix(hash, (this.#columns[place] as Int32Array)[row] as number)
    return hash
  }
}

/** Integers that a slot has for rows of so many columns. */
export function strideOf(arity: number): number {
  return 1 + Math.min(arity, mostBeside)
}
