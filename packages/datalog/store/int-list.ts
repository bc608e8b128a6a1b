/** Row numbers, in a typed array that grows. */
export class IntList {
  items = new Int32Array(16)
  length = 0

  push(item: number): void {
    if (this.length === this.items.length) this.reserve(1)
    this.items[this.length++] = item
  }

  /** Makes room for so many more, which the caller may then write. */
  reserve(count: number): void {
    let room = this.items.length
    while (room < this.length + count) room *= 2
    if (room === this.items.length) return
    const grown = new Int32Array(room)
    grown.set(this.items.subarray(0, this.length))
    this.items = grown
  }

  /** Takes what another list has, and leaves that empty. */
  take(other: IntList): void {
    const { items } = this
    this.items = other.items
    this.length = other.length
    other.items = items
    other.length = 0
  }

  /** Of a list that is not empty. */
  pop(): number {
    return this.items[--this.length] as number
  }

  /** Empties it; gives memory back when it had become long. */
  clear(): void {
    this.length = 0
    if (this.items.length > 4096) this.items = new Int32Array(16)
  }
}
