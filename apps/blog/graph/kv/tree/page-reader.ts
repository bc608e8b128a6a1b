import { isLong, mostShared, readWord } from './entry.ts'

export const headerBytes = 8

/**
 * Looks at one page after the other. A page has entries in the order of their keys: how many bytes the key shares with
 * the one before, how many follow, a number, and these bytes. Most of an entry's key is in those before it, so a
 * page is small, and a search reads it once from its beginning.
 */
export class PageReader {
  /** Of `seek`: the entry that has the key, or else the first of a greater one; `end` when there is none. */
  at = 0
  /** Of `seek`: the last entry of a smaller key, or -1. */
  before = -1
  /** Where its first entry is. */
  first = 0
  /** Past its last entry. */
  end = 0
  /** How many bytes it has in all. */
  capacity = 0
  protected bytes: Uint8Array = new Uint8Array(0)
  /** Of `seek`: what the key shares with the entries before and after it. */
  protected shared = 0
  protected sharedNext = 0
  /** Of the entry that was read last: its number, and where how many bytes of its key are. */
  protected value = 0
  protected body = 0
  protected length = 0

  /** Looks at the page that begins there. */
  open(bytes: Uint8Array, start: number): void {
    this.bytes = bytes
    this.first = start + headerBytes
    this.end = start + readWord(bytes, start)
    this.capacity = readWord(bytes, start + 4)
  }

  get isEmpty(): boolean {
    return this.end === this.first
  }

  get hasSeveral(): boolean {
    return !this.isEmpty && this.nextOf(this.first) < this.end
  }

  /** Bytes in use. */
  get used(): number {
    return this.end - this.first + headerBytes
  }

  /** Finds a key, or where it would be. Returns whether it is there. */
  seek(key: Uint8Array, keyLength: number): boolean {
    const bytes = this.bytes
    const { end } = this
    let at = this.first
    let before = -1
    // Of the key and the entry before: how many bytes they share.
    let matched = 0
    let isFound = false
    this.sharedNext = 0
    while (at < end) {
      const shared = bytes[at] as number
      let length = bytes[at + 1] as number
      let body = at + 2
      if (length === isLong) {
        length = readWord(bytes, body)
        body += 4
      }
      body += bytes[body] === isLong ? 5 : 1
      if (shared <= matched) {
        if (shared < matched && shared < mostShared) {
          this.sharedNext = shared
          break
        }
        const most = shared + length < keyLength ? shared + length : keyLength
        let equal = shared
        while (equal < most && bytes[body + equal - shared] === key[equal]) equal += 1
        const isSmaller =
          equal < most
            ? (bytes[body + equal - shared] as number) < (key[equal] as number)
            : equal < keyLength
        if (!isSmaller) {
          isFound = equal === keyLength && shared + length === keyLength
          this.sharedNext = equal
          break
        }
        matched = equal
      }
      before = at
      at = body + length
    }
    this.at = at
    this.before = before
    this.shared = matched
    return isFound
  }

  /** Of a page above others: the entry in whose page a key would be. */
  seekChild(key: Uint8Array, keyLength: number): number {
    if (this.seek(key, keyLength)) return this.at
    return this.before < 0 ? this.first : this.before
  }

  valueOf(at: number): number {
    this.read(at)
    return this.value
  }

  nextOf(at: number): number {
    this.read(at)
    return this.body + this.length
  }

  /** Bytes of the key that the entry has of the one before it; `mostShared` can be more. */
  sharedOf(at: number): number {
    return this.bytes[at] as number
  }

  /** Writes what an entry's key does not share with the one before over `key`. Returns how long the key is. */
  readKey(at: number, key: Uint8Array): number {
    this.read(at)
    const shared = this.sharedOf(at)
    for (let place = 0; place < this.length; place += 1)
      key[shared + place] = this.bytes[this.body + place] as number
    return shared + this.length
  }

  protected read(at: number): void {
    const bytes = this.bytes
    let body = at + 2
    this.length = bytes[at + 1] as number
    if (this.length === isLong) {
      this.length = readWord(bytes, body)
      body += 4
    }
    this.value = bytes[body] as number
    body += 1
    if (this.value === isLong) {
      this.value = readWord(bytes, body)
      body += 4
    }
    this.body = body
  }
}
