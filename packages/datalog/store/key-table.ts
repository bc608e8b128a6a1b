import { hashKey, hashRow, hashSeed, mix } from './hash.ts'
import { addCell, cellOf, fillCells, findGrid, type PairGrid, readCells } from './pair-grid.ts'
import { hashAt, moveEntries, roomIn, slotsFor, strideOf } from './slots.ts'

/**
 * Finds a relation's rows by all of their columns: open addressing with linear probing. A slot has a row's
 * number and one more, and then the row's first columns. An empty one is 0, as new memory is: nothing is written
 * where there is no row. Pairs that are close together have a cell each instead, with the first of those only.
 */
export class KeyTable {
  slots = new Int32Array(0)
  /** Slots there are, less one. */
  mask = 0
  /** Integers a slot has. */
  readonly stride: number
  /** Rows that are here. */
  count = 0
  /** Rows there is room for. */
  limit = 0
  /** Where each pair has a cell. */
  grid: PairGrid | undefined
  readonly #columns: readonly Int32Array[]

  /** `columns` are the relation's, and stay the same array when each of them is replaced by a larger one. */
  constructor(columns: readonly Int32Array[]) {
    this.#columns = columns
    this.stride = strideOf(columns.length)
    this.#reset(0)
  }

  /** The row that holds a key, or -1. */
  find(key: Int32Array): number {
    if (key.length === 2) return this.findPair(key[0] as number, key[1] as number)
    return (this.slots[this.positionOf(key)] as number) - 1
  }

  /** The same for two columns, the most usual number. */
  findPair(left: number, right: number): number {
    const position = this.positionOfPair(left, right)
    return position < 0 ? -1 : (this.slots[position] as number) - 1
  }

  /** Where the slot of a row with this key is, or would be. */
  positionOf(key: Int32Array): number {
    const { slots } = this
    let position = (hashKey(key) & this.mask) * this.stride
    while (slots[position] !== 0 && !this.#agrees(position, key)) position = this.#after(position)
    return position
  }

  /** The same for two columns; -1 when there is no place for the pair yet. */
  positionOfPair(left: number, right: number): number {
    if (this.grid) return cellOf(this.grid, left, right)
    const { slots } = this
    let position = (mix(mix(hashSeed, left), right) & this.mask) * 3
    for (;;) {
      if (slots[position] === 0) return position
      if (slots[position + 1] === left && slots[position + 2] === right) return position
      position += 3
      if (position === slots.length) position = 0
    }
  }

  /** Puts a row whose columns have been written where there is none yet, unless there must be more room first. */
  add(row: number, position: number): void {
    if (position < 0) return this.#addOutside(row)
    if (this.count === this.limit) {
      this.#hold(this.slots, this.limit * 2)
      return this.add(row, this.#emptyPosition(row))
    }
    this.count += 1
    const { slots, stride } = this
    slots[position] = row + 1
    if (this.grid) return
    if (stride > 1) slots[position + 1] = (this.#columns[0] as Int32Array)[row] as number
    if (stride > 2) slots[position + 2] = (this.#columns[1] as Int32Array)[row] as number
  }

  /** Takes a row out without a tombstone: what probed past it moves back. */
  remove(row: number): void {
    this.count -= 1
    const { slots, mask, stride } = this
    if (this.grid) {
      slots[this.#emptyPosition(row)] = 0
      return
    }
    let gap = (hashRow(this.#columns, row) & mask) * stride
    while (slots[gap] !== row + 1) gap = this.#after(gap)
    for (let probe = this.#after(gap); slots[probe] !== 0; probe = this.#after(probe)) {
      const hash = hashAt(slots, probe, this.#columns)
      const place = probe / stride
      if (((place - (hash & mask)) & mask) < ((place - gap / stride) & mask)) continue
      slots.copyWithin(gap, probe, probe + stride)
      gap = probe
    }
    slots[gap] = 0
  }

  /** Makes room for so many rows, while there are none. */
  reserve(rows: number): void {
    if (rows > this.limit) this.#reset(rows)
  }

  /** The rows from 0 to here, when they have got new numbers, and no others. */
  refill(used: number): void {
    const { stride } = this
    const entries = new Int32Array(used * stride)
    for (let row = 0; row < used; row += 1) this.#write(entries, row * stride, row)
    this.grid = undefined
    this.count = used
    this.#hold(entries, used)
  }

  clear(): void {
    this.count = 0
    if (this.grid) this.#reset(0)
    else this.slots.fill(0)
  }

  #addOutside(row: number): void {
    const grid = this.grid as PairGrid
    const [lefts, rights] = this.#columns as [Int32Array, Int32Array]
    if (addCell(grid, lefts[row] as number, rights[row] as number))
      return this.add(row, this.#emptyPosition(row))
    const entries = readCells(grid, this.slots, this.count)
    this.#write(entries, this.count * 3, row)
    this.count += 1
    this.#hold(entries, this.count)
  }

  #write(entries: Int32Array, at: number, row: number): void {
    entries[at] = row + 1
    for (let place = 1; place < this.stride; place += 1)
      entries[at + place] = (this.#columns[place - 1] as Int32Array)[row] as number
  }

  /** Takes over slots, with room for so many rows. */
  #hold(entries: Int32Array, room: number): void {
    if (this.#columns.length === 2 && this.count > 0) {
      const grid = findGrid(entries, this.count, this.grid)
      if (grid) {
        this.grid = grid
        this.limit = Infinity
        this.slots = fillCells(grid, entries)
        return
      }
    }
    this.#reset(room)
    moveEntries(entries, this.slots, this.#columns)
  }

  /** Empty slots for so many rows. */
  #reset(rows: number): void {
    const count = slotsFor(rows)
    this.slots = new Int32Array(count * this.stride)
    this.mask = count - 1
    this.limit = roomIn(count)
    this.grid = undefined
  }

  /** Of a row that is not there, or the cell of one that is. */
  #emptyPosition(row: number): number {
    const { slots } = this
    if (this.grid) {
      const [lefts, rights] = this.#columns as [Int32Array, Int32Array]
      return cellOf(this.grid, lefts[row] as number, rights[row] as number)
    }
    let position = (hashRow(this.#columns, row) & this.mask) * this.stride
    while (slots[position] !== 0) position = this.#after(position)
    return position
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
    const row = (slots[position] as number) - 1
    for (let place = beside; place < key.length; place += 1)
      if ((this.#columns[place] as Int32Array)[row] !== key[place]) return false
    return true
  }
}
