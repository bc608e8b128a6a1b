/** Row numbers, in a typed array that grows. */
export class IntList {
  items = new Int32Array(16)
  length = 0

  push(item: number): void {
    if (this.length === this.items.length) {
      const grown = new Int32Array(this.length * 2)
      grown.set(this.items)
      this.items = grown
    }
    this.items[this.length++] = item
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
