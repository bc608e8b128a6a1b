import { isDeepStrictEqual } from 'node:util'
import { decodeKey, encodeKey, type Key, keyRange } from './key.ts'
import {
  type Cursor,
  type KvChange,
  type KvChanges,
  type KvEntry,
  type KvOperation,
  type KvReader,
  type KvStore,
  type KvValue,
  type KvWriter,
  lastByKey,
  type ScanOptions,
} from './kv-store.ts'
import { ByteTree } from './tree/byte-tree.ts'
import { Turns } from './turns.ts'
import { ValueList } from './value-list.ts'

export interface MemoryKvStoreOptions {
  /** How many changes are remembered. Default 100,000. */
  readonly historyLength?: number
}

/** For tests, and for what need not outlive the process. Reads give what was put, not copies. */
export class MemoryKvStore implements KvStore {
  /** By the bytes of the key, where the value is in the list. */
  readonly #entries = new ByteTree()
  readonly #values = new ValueList()
  readonly #historyLength: number
  readonly #listeners = new Set<() => void>()
  readonly #turns = new Turns()
  #history: KvChange[] = []
  /** The change before the first that is remembered. */
  #horizon = 0

  constructor({ historyLength = 100_000 }: MemoryKvStoreOptions = {}) {
    this.#historyLength = historyLength
  }

  async get(key: Key): Promise<KvValue | undefined> {
    return this.#find(encodeKey(key))
  }

  async scan(prefix: Key, { after, limit = Infinity }: ScanOptions = {}): Promise<KvEntry[]> {
    const { start, end } = keyRange(prefix)
    const from = after === undefined ? start : Buffer.concat([encodeKey(after), Buffer.of(0)])
    const found: KvEntry[] = []
    if (limit < 1) return found
    this.#entries.forRange(from, end, (bytes, place) => {
      found.push({ key: decodeKey(bytes), value: this.#values.get(place) })
      return found.length >= limit
    })
    return found
  }

  async scanAll(prefixes: readonly Key[]): Promise<KvEntry[]> {
    const ordered = prefixes.toSorted((one, other) => compareText(textOf(one), textOf(other)))
    return (await Promise.all(ordered.map((prefix) => this.scan(prefix)))).flat()
  }

  put(key: Key, value: KvValue): Promise<Cursor> {
    return this.write([{ kind: 'put', key, value }])
  }

  delete(key: Key): Promise<Cursor> {
    return this.write([{ kind: 'delete', key }])
  }

  write(operations: readonly KvOperation[]): Promise<Cursor> {
    return this.#turns.take(async () => this.#write(operations))
  }

  exclusively<Result>(work: (inside: KvReader & KvWriter) => Promise<Result>): Promise<Result> {
    return this.#turns.take(async () => {
      const pending: KvOperation[] = []
      const find = (key: Key) =>
        pending.findLast((operation) => textOf(operation.key) === textOf(key))
      const expectNothingPending = () => {
        if (pending.length > 0) throw new Error('what is read comes before what is written')
      }
      const result = await work({
        get: async (key) => {
          const written = find(key)
          if (written) return written.kind === 'put' ? written.value : undefined
          return this.get(key)
        },
        scan: async (prefix, options) => {
          expectNothingPending()
          return this.scan(prefix, options)
        },
        scanAll: async (prefixes) => {
          expectNothingPending()
          return this.scanAll(prefixes)
        },
        write: async (operations) => {
          for (const { key } of operations) encodeKey(key)
          pending.push(...operations)
          return 0
        },
      })
      this.#write(pending)
      return result
    })
  }

  #write(operations: readonly KvOperation[]): Cursor {
    const start = this.#end
    for (const [text, operation] of lastByKey(operations, textOf)) {
      const value = operation.kind === 'put' ? operation.value : undefined
      this.#entries.update(Buffer.from(text, 'latin1'), (place) => {
        const before = place < 0 ? undefined : this.#values.get(place)
        if (isDeepStrictEqual(before, value)) return place
        this.#history.push({ key: operation.key, value })
        if (place >= 0) this.#values.remove(place)
        return value === undefined ? -1 : this.#values.add(value)
      })
    }
    if (this.#end === start) return 0
    this.#forget()
    for (const listener of this.#listeners) listener()
    return this.#end
  }

  async cursor(): Promise<Cursor> {
    return this.#end
  }

  async changesSince(cursor: Cursor, limit = 10_000): Promise<KvChanges | undefined> {
    if (cursor < this.#horizon) return undefined
    const start = cursor - this.#horizon
    const changes = this.#history.slice(start, start + limit)
    return { changes, cursor: cursor + changes.length }
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listeners.clear()
  }

  #find(bytes: Buffer): KvValue | undefined {
    const place = this.#entries.get(bytes)
    return place < 0 ? undefined : this.#values.get(place)
  }

  get #end(): Cursor {
    return this.#horizon + this.#history.length
  }

  /** Now and then, not with each write. */
  #forget(): void {
    if (this.#history.length < this.#historyLength * 2) return
    const forgotten = this.#history.length - this.#historyLength
    this.#history = this.#history.slice(forgotten)
    this.#horizon += forgotten
  }
}

function textOf(key: Key): string {
  return encodeKey(key).toString('latin1')
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
