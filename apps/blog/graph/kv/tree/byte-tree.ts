import { Blocks, capacityFor } from './blocks.ts'
import { mostShared } from './entry.ts'
import { Page } from './page.ts'
import { type Visit, visitRange } from './range.ts'

const leafBytes = 1024
/** Of pages above others: a search reads half of one on each level, and nearly all of them are in the processor's caches. */
const aboveBytes = 512
const emptyKey = Buffer.alloc(0)

/**
 * Numbers from 0 to 2^31 - 1 by keys of bytes, in the order of the keys: a B+ tree of small pages. What a search
 * reads that is not in the processor's caches is most often one page, however many keys there are.
 */
export class ByteTree {
  readonly #blocks = new Blocks()
  readonly #page = new Page()
  readonly #other = new Page()
  #root: number
  /** Levels of pages above those that have the keys. */
  #height = 0
  /** What is written or looked for. */
  #key = Buffer.alloc(256)
  #keyLength = 0
  #value = 0
  /** As long as any key. */
  #scratch = Buffer.alloc(256)
  /** A page that came to the right of the one that was written to, or 0; keys from `rightKey` on are in it. */
  #right = 0
  #rightKey = emptyKey

  constructor() {
    this.#root = this.#create(leafBytes)
  }

  get bytes(): number {
    return this.#blocks.bytes
  }

  /** -1 when it is not there. */
  get(key: Buffer): number {
    this.#take(key, 0)
    const page = this.#open(this.#root)
    for (let level = this.#height; level > 0; level -= 1)
      this.#open(page.valueOf(page.seekChild(this.#key, this.#keyLength)))
    return page.seek(this.#key, this.#keyLength) ? page.valueOf(page.at) : -1
  }

  /**
   * Calls `change` with the number of a key, -1 when it has none, and makes what it returns the number; -1 takes the key
   * away. Most often one search does. `change` must leave the tree alone.
   */
  update(key: Buffer, change: (before: number) => number): void {
    const before = this.get(key)
    const after = change(before)
    if (after === before) return
    const page = this.#page
    if (after < 0 && page.hasSeveral) page.remove(page.at)
    else if (after < 0) this.#delete()
    else if (before < 0 && page.usedWith(key.length, after) <= page.capacity)
      page.insert(this.#key, key.length, after)
    else this.#set(after)
  }

  /** Those from `from` up to, but without, `to`. */
  forRange(from: Buffer, to: Buffer, visit: Visit): void {
    const tree = { blocks: this.#blocks, longestKey: this.#scratch.length }
    visitRange(tree, { number: this.#root, level: this.#height }, { from, to, visit })
  }

  #set(value: number): void {
    this.#value = value
    this.#root = this.#setIn(this.#root, this.#height)
    if (this.#right === 0) return
    this.#height += 1
    this.#take(emptyKey, this.#root)
    this.#root = this.#put(this.#create(aboveBytes), this.#height)
    this.#takeRight()
    this.#root = this.#put(this.#root, this.#height)
  }

  #delete(): void {
    if (this.#deleteIn(this.#root, this.#height)) {
      this.#height = 0
      this.#root = this.#create(leafBytes)
    }
    for (; this.#height > 0; this.#height -= 1) {
      const page = this.#open(this.#root)
      if (page.hasSeveral) return
      const child = page.valueOf(page.first)
      this.#blocks.release(this.#root, page.capacity)
      this.#root = child
    }
  }

  /** Returns the page that then has what this one had: it moves when it needs more room. */
  #setIn(number: number, level: number): number {
    const page = this.#open(number)
    if (level === 0) {
      if (page.seek(this.#key, this.#keyLength)) page.remove(page.at)
      return this.#put(number, level)
    }
    const at = page.seekChild(this.#key, this.#keyLength)
    const child = page.valueOf(at)
    const moved = this.#setIn(child, level - 1)
    if (moved !== child) this.#open(number).setValue(at, moved)
    if (this.#right === 0) return number
    this.#takeRight()
    return this.#put(number, level)
  }

  /** Puts the key where it belongs in a page. */
  #put(number: number, level: number): number {
    const page = this.#open(number)
    page.seek(this.#key, this.#keyLength)
    if (page.usedWith(this.#keyLength, this.#value) > page.capacity && page.hasSeveral) {
      this.#split(level)
      if (this.#key.subarray(0, this.#keyLength).compare(this.#rightKey) >= 0) {
        this.#right = this.#putWithRoom(this.#right)
        return number
      }
    }
    return this.#putWithRoom(number)
  }

  #putWithRoom(number: number): number {
    let roomy = number
    const page = this.#open(number)
    page.seek(this.#key, this.#keyLength)
    const used = page.usedWith(this.#keyLength, this.#value)
    if (used > page.capacity) {
      roomy = this.#create(used)
      page.copyTo(this.#other)
      this.#blocks.release(number, page.capacity)
      this.#open(roomy).seek(this.#key, this.#keyLength)
    }
    page.insert(this.#key, this.#keyLength, this.#value)
    return roomy
  }

  /** Moves half of the open page to a new one. */
  #split(level: number): void {
    const page = this.#page
    const middle = page.middle(this.#scratch, level > 0)
    const { at, keyLength } = middle
    const shared = page.sharedOf(at)
    // Of those with the keys: whatever is greater than all to the left and not than any to the right will do.
    const isExact = level > 0 || shared === mostShared
    this.#rightKey = Buffer.from(this.#scratch.subarray(0, isExact ? keyLength : shared + 1))
    const room = (level > 0 ? aboveBytes : leafBytes) / 4
    this.#right = this.#create(page.end - at + keyLength + room)
    page.moveTo(this.#other, middle)
    if (level > 0) this.#other.dropFirstKey()
  }

  /** Whether the page is empty then; it has been given back. */
  #deleteIn(number: number, level: number): boolean {
    const page = this.#open(number)
    if (level === 0) {
      if (page.seek(this.#key, this.#keyLength)) page.remove(page.at)
    } else {
      const at = page.seekChild(this.#key, this.#keyLength)
      if (!this.#deleteIn(page.valueOf(at), level - 1)) return false
      this.#open(number).remove(at)
      if (at === page.first && !page.isEmpty) page.dropFirstKey()
    }
    if (!page.isEmpty) return false
    this.#blocks.release(number, page.capacity)
    return true
  }

  #take(key: Buffer, value: number): void {
    if (key.length > this.#key.length) {
      this.#key = Buffer.alloc(key.length * 2)
      this.#scratch = Buffer.alloc(key.length * 2)
    }
    this.#key.set(key)
    this.#keyLength = key.length
    this.#value = value
  }

  #takeRight(): void {
    this.#take(this.#rightKey, this.#right)
    this.#right = 0
  }

  #open(number: number): Page {
    this.#page.open(this.#blocks.slabOf(number), this.#blocks.startOf(number))
    return this.#page
  }

  /** A page without entries, open as the other. */
  #create(bytes: number): number {
    const number = this.#blocks.allocate(bytes)
    const [slab, start] = [this.#blocks.slabOf(number), this.#blocks.startOf(number)]
    this.#other.create(slab, start, capacityFor(bytes))
    return number
  }
}
