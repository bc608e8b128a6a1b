/** A set of pairs: two columns and an open-addressing table of row numbers, all typed arrays. */
export class PairTable {
  first = new Int32Array(1024)
  second = new Int32Array(1024)
  size = 0
  #slots = new Int32Array(4096)

  has(first: number, second: number): boolean {
    return this.#slots[this.#slotOf(first, second)] !== 0
  }

  /** False when it is there already. */
  add(first: number, second: number): boolean {
    const slot = this.#slotOf(first, second)
    if (this.#slots[slot] !== 0) return false
    if (this.size === this.first.length) this.#growColumns()
    this.first[this.size] = first
    this.second[this.size] = second
    this.size += 1
    this.#slots[slot] = this.size
    if (this.size * 2 > this.#slots.length) this.#growSlots()
    return true
  }

  #slotOf(first: number, second: number): number {
    const mask = this.#slots.length - 1
    let hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)
    hash ^= hash >>> 15
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const row = this.#slots[slot]! - 1
      if (row < 0 || (this.first[row] === first && this.second[row] === second)) return slot
    }
  }

  #growColumns(): void {
    for (const column of ['first', 'second'] as const) {
      const grown = new Int32Array(this.size * 2)
      grown.set(this[column])
      this[column] = grown
    }
  }

  #growSlots(): void {
    this.#slots = new Int32Array(this.#slots.length * 2)
    for (let row = 0; row < this.size; row += 1) {
      this.#slots[this.#slotOf(this.first[row]!, this.second[row]!)] = row + 1
    }
  }
}
