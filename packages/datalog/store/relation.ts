import { grow, HashIndex } from './hash-index.ts'
import { IntList } from './int-list.ts'
import { KeyTable } from './key-table.ts'
import { isAsserted, isFlipped, isListed } from './state.ts'

const smallest = 16

/**
 * A set of rows of codes: one Int32Array a column and a table to find a row by them. A row keeps
 * its number within a transaction; physical removal and compaction happen between transactions.
 */
export class Relation {
  readonly name: string
  readonly arity: number
  /** Made for a rule's needs: a projection, an aggregate's tuples. */
  readonly isHidden: boolean
  readonly columns: Int32Array<ArrayBuffer>[]
  readonly key: Int32Array
  state = new Uint8Array(smallest)
  /** Derivations in a counting component; in a recursive one the rank, 0 for an asserted fact. */
  support = new Int32Array(smallest)
  readonly table: KeyTable
  capacity = smallest
  /** Rows from 0 to here have been used; those with state 0 are free. */
  used = 0
  /** Rows there were when the transaction began. */
  before = 0
  readonly indexes: HashIndex[] = []
  /** Rows whose assertion the transaction touched. */
  readonly flips = new IntList()
  /** Rows that became new, in order; in a counting component all whose count changed. */
  readonly queue = new IntList()
  /** The net change, from when the relation's component has been evaluated to the end of the transaction. */
  readonly added = new IntList()
  readonly removed = new IntList()
  /** Pairs of a row and the support it had. */
  readonly undo = new IntList()
  readonly #free = new IntList()

  constructor(name: string, arity: number, isHidden = false) {
    this.name = name
    this.arity = arity
    this.isHidden = isHidden
    this.columns = Array.from({ length: arity }, () => new Int32Array(smallest))
    this.key = new Int32Array(arity)
    this.table = new KeyTable(this.columns)
  }

  /** Rows there are, of whatever state. */
  get size(): number {
    return this.used - this.#free.length
  }

  get bytes(): number {
    const rows = this.capacity * (this.arity * 4 + 5) + this.table.slots.byteLength
    return this.indexes.reduce((sum, index) => sum + index.bytes, rows)
  }

  /** The row that holds `key`, or -1. */
  find(): number {
    return this.table.find(this.key)
  }

  /** The row that holds `key`; a new one has state 0, and the caller must give it another. */
  put(): number {
    const { key } = this
    if (this.arity === 2) return this.putPair(key[0] as number, key[1] as number)
    const position = this.table.positionOf(key)
    const found = this.table.slots[position] as number
    if (found !== 0) return found - 1
    const row = this.#allocate()
    for (let place = 0; place < this.arity; place += 1)
      (this.columns[place] as Int32Array)[row] = key[place] as number
    this.#enter(row, position)
    return row
  }

  /** The same for two columns, the most usual number. */
  putPair(left: number, right: number): number {
    const position = this.table.positionOfPair(left, right)
    if (position >= 0) {
      const found = this.table.slots[position] as number
      if (found !== 0) return found - 1
    }
    const row = this.#allocate()
    const { columns } = this
    ;(columns[0] as Int32Array)[row] = left
    ;(columns[1] as Int32Array)[row] = right
    this.#enter(row, position)
    return row
  }

  /** A row whose columns are the caller's to write. */
  #allocate(): number {
    if (this.#free.length > 0) return this.#free.pop()
    if (this.used === this.capacity) this.#resize(this.capacity * 2)
    const row = this.used++
    this.support[row] = 0
    return row
  }

  /** Makes a row findable, at the place that was empty for it. */
  #enter(row: number, position: number): void {
    this.table.add(row, position)
    for (let place = 0; place < this.indexes.length; place += 1)
      (this.indexes[place] as HashIndex).add(row)
  }

  /** Makes room for so many rows, while there are none. */
  reserve(rows: number): void {
    if (this.used > 0) return
    let { capacity } = this
    while (capacity < rows) capacity *= 2
    if (capacity > this.capacity) this.#resize(capacity)
    this.table.reserve(rows)
  }

  /** Writes an assertion, or takes it back, and notes that. */
  setAsserted(row: number, isNow: boolean): void {
    const state = this.state[row] as number
    if (((state & isAsserted) !== 0) === isNow) return
    if ((state & isListed) === 0) this.flips.push(row)
    this.state[row] = (state ^ (isAsserted | isFlipped)) | isListed
  }

  /** Forgets a row for good. */
  erase(row: number): void {
    for (const index of this.indexes) index.remove(row)
    this.table.remove(row)
    this.state[row] = 0
    this.support[row] = 0
    this.#free.push(row)
  }

  /** The index on these columns (ascending), where there is one already. */
  findIndex(columns: readonly number[]): HashIndex | undefined {
    const wanted = columns.join()
    return this.indexes.find((index) => index.columns.join() === wanted)
  }

  /** The same, made at its first use. */
  indexOn(columns: readonly number[]): HashIndex {
    const found = this.findIndex(columns)
    if (found) return found
    const index = new HashIndex(this, columns)
    this.indexes.push(index)
    return index
  }

  /** Gives memory back when most rows have gone. Rows get new numbers. */
  compact(): void {
    if (this.capacity <= 1024 || this.size * 8 > this.capacity) return
    let target = 0
    for (let row = 0; row < this.used; row += 1) {
      if (this.state[row] === 0) continue
      for (const column of this.columns) column[target] = column[row] as number
      this.state[target] = this.state[row] as number
      this.support[target] = this.support[row] as number
      target += 1
    }
    this.state.fill(0, target, this.used)
    this.used = target
    this.#free.clear()
    let capacity = smallest
    while (capacity < target * 2) capacity *= 2
    this.#resize(capacity)
    for (const index of this.indexes) index.rebuild()
  }

  /** Drops every row. */
  clear(): void {
    this.state.fill(0, 0, this.used)
    this.used = this.before = 0
    this.#free.clear()
    if (this.capacity > 1024) this.#resize(smallest)
    else this.table.clear()
    for (const index of this.indexes) index.rebuild()
  }

  #resize(capacity: number): void {
    const isGrowing = capacity > this.capacity
    const resized = (array: Int32Array<ArrayBuffer>) =>
      capacity < array.length ? array.slice(0, capacity) : grow(array, capacity)
    this.columns.forEach((column, place) => (this.columns[place] = resized(column)))
    this.support = resized(this.support)
    const state = new Uint8Array(capacity)
    state.set(this.state.subarray(0, Math.min(capacity, this.used)))
    this.state = state
    this.capacity = capacity
    // Whoever shrinks it gives the rows new numbers, and has its indexes made anew.
    if (isGrowing) for (const index of this.indexes) index.onGrow()
    else this.table.refill(this.used)
  }
}
