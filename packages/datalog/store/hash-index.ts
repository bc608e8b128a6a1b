import { hashKey, hashSeed, mix } from './hash.ts'
import type { Relation } from './relation.ts'

const smallest = 32

/**
 * The rows of a relation by the values of some columns: an open-addressing table of the first row of each
 * key, and the others linked through the rows themselves. A slot has a row's number and one more, and then what
 * tells its key from others without a look at the row: its code where one column is indexed, else its hash.
 */
export class HashIndex {
  readonly columns: readonly number[]
  readonly key: Int32Array
  /** Next row of the same key, or -1. */
  next: Int32Array
  previous: Int32Array
  #slots: Int32Array
  /** Of an integer in the slots. */
  #mask: number
  #keyCount = 0
  readonly #relation: Relation

  constructor(relation: Relation, columns: readonly number[]) {
    this.#relation = relation
    this.columns = columns
    this.key = new Int32Array(columns.length)
    this.next = this.previous = this.#slots = new Int32Array(0)
    this.#mask = 0
    this.rebuild()
  }

  /** From the relation's rows as they are now. */
  rebuild(): void {
    const { capacity, used, state } = this.#relation
    this.next = new Int32Array(capacity)
    this.previous = new Int32Array(capacity)
    this.#slots = new Int32Array(smallest * 2)
    this.#mask = smallest * 2 - 1
    this.#keyCount = 0
    for (let row = 0; row < used; row += 1) if (state[row] !== 0) this.add(row)
  }

  get bytes(): number {
    return this.next.byteLength * 2 + this.#slots.byteLength
  }

  /** How many rows a key has, on average. */
  get rowsPerKey(): number {
    return this.#keyCount === 0 ? 0 : this.#relation.size / this.#keyCount
  }

  /** Called by the relation when its columns have moved to larger arrays. */
  onGrow(): void {
    this.next = grow(this.next, this.#relation.capacity)
    this.previous = grow(this.previous, this.#relation.capacity)
  }

  /** The first row whose single indexed column holds this code, or -1. */
  first1(code: number): number {
    return (this.#slots[this.#positionOf1(code)] as number) - 1
  }

  /** The first row that agrees with `key`, or -1. */
  first(): number {
    return (this.#slots[this.#positionOf(this.key)] as number) - 1
  }

  add(row: number): void {
    const position = this.#positionOfRow(row)
    const head = (this.#slots[position] as number) - 1
    this.next[row] = head
    this.previous[row] = -1
    this.#slots[position] = row + 1
    if (head >= 0) {
      this.previous[head] = row
      return
    }
    this.#slots[position + 1] = this.#tagOf(row)
    if (++this.#keyCount * 4 > this.#mask) this.#growSlots()
  }

  remove(row: number): void {
    const next = this.next[row] as number
    const previous = this.previous[row] as number
    if (next >= 0) this.previous[next] = previous
    if (previous >= 0) {
      this.next[previous] = next
      return
    }
    let position = this.#homeOf(this.#tagOf(row))
    while (this.#slots[position] !== row + 1) position = this.#after(position)
    this.#slots[position] = next + 1
    if (next >= 0) return
    this.#keyCount -= 1
    this.#closeGap(position)
  }

  #positionOf1(code: number): number {
    const slots = this.#slots
    let position = this.#homeOf(code)
    while (slots[position] !== 0 && slots[position + 1] !== code) position = this.#after(position)
    return position
  }

  #positionOf(key: Int32Array): number {
    if (key.length === 1) return this.#positionOf1(key[0] as number)
    const slots = this.#slots
    const hash = hashKey(key)
    let position = this.#homeOf(hash)
    while (
      slots[position] !== 0 &&
      (slots[position + 1] !== hash || !this.#agrees((slots[position] as number) - 1, key))
    )
      position = this.#after(position)
    return position
  }

  #positionOfRow(row: number): number {
    if (this.key.length === 1) return this.#positionOf1(this.#column(0)[row] as number)
    for (let place = 0; place < this.key.length; place += 1)
      this.key[place] = this.#column(place)[row] as number
    return this.#positionOf(this.key)
  }

  #column(place: number): Int32Array {
    return this.#relation.columns[this.columns[place] as number] as Int32Array
  }

  #tagOf(row: number): number {
    if (this.key.length === 1) return this.#column(0)[row] as number
    let hash = hashSeed
    for (let place = 0; place < this.key.length; place += 1)
      hash = mix(hash, this.#column(place)[row] as number)
    return hash
  }

  #agrees(row: number, key: Int32Array): boolean {
    for (let place = 0; place < key.length; place += 1)
      if (this.#column(place)[row] !== key[place]) return false
    return true
  }

  /** Empties a slot without a tombstone: what probed past it moves back. */
  #closeGap(position: number): void {
    const slots = this.#slots
    let gap = position
    for (let probe = this.#after(gap); slots[probe] !== 0; probe = this.#after(probe)) {
      const home = this.#homeOf(slots[probe + 1] as number)
      if (((probe - home) & this.#mask) < ((probe - gap) & this.#mask)) continue
      slots[gap] = slots[probe] as number
      slots[gap + 1] = slots[probe + 1] as number
      gap = probe
    }
    slots[gap] = 0
  }

  #growSlots(): void {
    const old = this.#slots
    this.#slots = new Int32Array(old.length * 2)
    this.#mask = this.#slots.length - 1
    for (let at = 0; at < old.length; at += 2) {
      if (old[at] === 0) continue
      let position = this.#homeOf(old[at + 1] as number)
      while (this.#slots[position] !== 0) position = this.#after(position)
      this.#slots[position] = old[at] as number
      this.#slots[position + 1] = old[at + 1] as number
    }
  }

  #homeOf(tag: number): number {
    return (mix(hashSeed, tag) << 1) & this.#mask
  }

  #after(position: number): number {
    return (position + 2) & this.#mask
  }
}

export function grow(array: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(capacity)
  grown.set(array)
  return grown
}
