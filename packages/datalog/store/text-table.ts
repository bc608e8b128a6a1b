import { mix } from './hash.ts'

const fewest = 64

/**
 * Finds the number of a text: open addressing with linear probing, a slot of the text's hash and its number and one
 * more. A look-up goes to the text itself only where the whole hash is the same, so that with many texts it reads
 * few places of memory; a `Map` goes to each text that shares a bucket.
 */
export class TextTable {
  #slots = new Int32Array(fewest * 2)
  #count = 0
  /** Unknown to whoever would choose texts that have one hash. */
  readonly #seed = (Math.random() * 2 ** 32) | 0
  readonly #texts: readonly unknown[]

  /** `texts` are by their numbers, and the owner's to change. */
  constructor(texts: readonly unknown[]) {
    this.#texts = texts
  }

  /** The number of a text, or -1. */
  find(text: string): number {
    return (this.#slots[this.#positionOf(text, hashText(text, this.#seed)) + 1] as number) - 1
  }

  /** Of a text that is not there yet. */
  add(text: string, id: number): void {
    this.#count += 1
    if (this.#count * 4 > this.#slots.length) this.#grow()
    const hash = hashText(text, this.#seed)
    const position = this.#positionOf(text, hash)
    this.#slots[position] = hash
    this.#slots[position + 1] = id + 1
  }

  /** Without a tombstone: what probed past it moves back. The text must still be among the texts. */
  remove(text: string): void {
    const slots = this.#slots
    this.#count -= 1
    let gap = this.#positionOf(text, hashText(text, this.#seed))
    for (let probe = this.#after(gap); slots[probe + 1] !== 0; probe = this.#after(probe)) {
      const home = this.#homeOf(slots[probe] as number)
      if (this.#distance(home, probe) < this.#distance(gap, probe)) continue
      slots.copyWithin(gap, probe, probe + 2)
      gap = probe
    }
    slots[gap + 1] = 0
  }

  /** Where the slot of a text is, or would be. */
  #positionOf(text: string, hash: number): number {
    const slots = this.#slots
    let position = this.#homeOf(hash)
    for (;;) {
      const entry = slots[position + 1] as number
      if (entry === 0) return position
      if (slots[position] === hash && this.#texts[entry - 1] === text) return position
      position = this.#after(position)
    }
  }

  #grow(): void {
    const old = this.#slots
    this.#slots = new Int32Array(old.length * 2)
    for (let at = 0; at < old.length; at += 2) {
      if (old[at + 1] === 0) continue
      let position = this.#homeOf(old[at] as number)
      while (this.#slots[position + 1] !== 0) position = this.#after(position)
      this.#slots[position] = old[at] as number
      this.#slots[position + 1] = old[at + 1] as number
    }
  }

  #homeOf(hash: number): number {
    return (hash << 1) & (this.#slots.length - 1)
  }

  #after(position: number): number {
    return (position + 2) & (this.#slots.length - 1)
  }

  #distance(from: number, to: number): number {
    return (to - from) & (this.#slots.length - 1)
  }
}

function hashText(text: string, seed: number): number {
  let hash = seed
  for (let place = 0; place < text.length; place += 1)
    hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193)
  return mix(hash, text.length)
}
