import { headOf, mostShared, sizeOf, writeHead, writeNumber, writeWord } from './entry.ts'
import { headerBytes, PageReader } from './page-reader.ts'

/** What the removal of an entry may add to the one after it. */
const slackBytes = 8

const emptyKey = Buffer.alloc(0)

interface Middle {
  /** The first entry of the second half, and its key. */
  readonly at: number
  readonly key: Uint8Array
  readonly keyLength: number
}

/** Changes one page after the other. */
export class Page extends PageReader {
  /** Makes an empty page there, and looks at it. */
  create(bytes: Uint8Array, start: number, capacity: number): void {
    writeWord(bytes, start + 4, capacity)
    writeWord(bytes, start, 0)
    this.open(bytes, start)
    this.#setEnd(this.first)
  }

  /** In the place of another number that is as long. */
  setValue(at: number, value: number): void {
    this.read(at)
    writeNumber(this.bytes, this.body - sizeOf(value), value)
  }

  /** How many bytes it would have to have for one more key. */
  usedWith(keyLength: number, value: number): number {
    return this.used + headOf(keyLength, value) + keyLength + slackBytes
  }

  /** Puts a key where `seek` found that it would be. There must be room. */
  insert(key: Uint8Array, keyLength: number, value: number): void {
    const bytes = this.bytes
    const { at, end } = this
    const shared = Math.min(this.shared, mostShared)
    const length = keyLength - shared
    let tail = end
    let past = at + headOf(length, value) + length
    if (at < end) {
      this.read(at)
      const sharedNext = Math.min(this.sharedNext, mostShared)
      const dropped = sharedNext - (bytes[at] as number)
      const [lengthNext, valueNext] = [this.length - dropped, this.value]
      tail = this.body + dropped
      const headNext = headOf(lengthNext, valueNext)
      bytes.copyWithin(past + headNext, tail, end)
      writeHead({ bytes, at: past, shared: sharedNext, length: lengthNext, value: valueNext })
      past += headNext
    }
    const body = writeHead({ bytes, at, shared, length, value })
    for (let place = 0; place < length; place += 1)
      bytes[body + place] = key[shared + place] as number
    this.#setEnd(end + past - tail)
  }

  /** Takes an entry out; the one after it gets back what it shared with its key alone. */
  remove(at: number): void {
    const bytes = this.bytes
    const { end } = this
    this.read(at)
    const shared = bytes[at] as number
    const [body, next] = [this.body, this.body + this.length]
    if (next === end) return this.#setEnd(at)
    const restored = (bytes[next] as number) - shared
    if (restored <= 0) {
      bytes.copyWithin(at, next, end)
      return this.#setEnd(end + at - next)
    }
    this.read(next)
    const kept = bytes.slice(body, body + restored)
    const length = this.length + restored
    const target = at + headOf(length, this.value) + restored
    bytes.copyWithin(target, this.body, end)
    bytes.set(kept, writeHead({ bytes, at, shared, length, value: this.value }))
    this.#setEnd(end + target - this.body)
  }

  /** Of a page above others: what is before its second entry belongs to the first. */
  dropFirstKey(): void {
    const value = this.valueOf(this.first)
    this.remove(this.first)
    this.seek(emptyKey, 0)
    this.insert(emptyKey, 0, value)
  }

  /**
   * Where the second of two halves would begin: of the entries about the middle the one that is told from those
   * before it by the fewest bytes, or in a page above others the one of the shortest key. Writes to `key`.
   */
  middle(key: Uint8Array, isAbove: boolean): Middle {
    const half = (this.first + this.end) / 2
    const reach = (this.end - this.first) / 8
    let best = -1
    let least = Infinity
    for (let at = this.nextOf(this.first); at < this.end; at = this.body + this.length) {
      if (least < Infinity && at > half + reach) break
      this.read(at)
      const size = this.sharedOf(at) + (isAbove ? this.length : 0)
      if (at < half - reach) best = at
      else if (size < least) {
        best = at
        least = size
      }
    }
    let keyLength = 0
    for (let at = this.first; at <= best; at = this.body + this.length)
      keyLength = this.readKey(at, key)
    return { at: best, key, keyLength }
  }

  /** Moves the entries from `at` on to an empty page, where the first is written with its whole key. */
  moveTo(other: Page, { at, key, keyLength }: Middle): void {
    this.read(at)
    const value = this.value
    const rest = this.body + this.length
    other.seek(key, keyLength)
    other.insert(key, keyLength, value)
    other.bytes.set(this.bytes.subarray(rest, this.end), other.end)
    other.#setEnd(other.end + this.end - rest)
    this.#setEnd(at)
  }

  /** Everything, to an empty page. */
  copyTo(other: Page): void {
    other.bytes.set(this.bytes.subarray(this.first, this.end), other.first)
    other.#setEnd(other.first + this.end - this.first)
  }

  #setEnd(end: number): void {
    this.end = end
    writeWord(this.bytes, this.first - headerBytes, this.used)
  }
}
