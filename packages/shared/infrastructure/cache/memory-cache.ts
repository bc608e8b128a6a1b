import { LRUCache } from 'lru-cache'
import type { Logger } from '../log.ts'
import type { CacheStore, Entry, Reading } from './cache-store.ts'
import { StoredCache } from './stored-cache.ts'

export interface MemoryCacheOptions {
  readonly log: Logger
  readonly maxEntries?: number
  readonly maxBytes?: number
}

/** Bounded in entries and bytes; what was used longest ago goes first. Ends with the process. */
export class MemoryCache extends StoredCache {
  constructor(options: MemoryCacheOptions) {
    super(new MemoryCacheStore(options), options.log)
  }
}

interface MemoryEntry extends Entry {
  /** On the clock of `performance.now()`. */
  readonly freshUntil: number
}

const entryOverheadBytes = 256
const missing: Reading = { state: 'missing', json: '', readAt: '' }

class MemoryCacheStore implements CacheStore {
  readonly #entries: LRUCache<string, MemoryEntry>
  /** Holds keys of `#entries` only, so it is bounded as they are. */
  readonly #keysByTag = new Map<string, Set<string>>()
  #isClosed = false

  constructor(options: MemoryCacheOptions) {
    this.#entries = new LRUCache<string, MemoryEntry>({
      max: options.maxEntries ?? 20_000,
      maxSize: options.maxBytes ?? 64 * 1024 * 1024,
      sizeCalculation: (entry, key) => entryOverheadBytes + 2 * (entry.json.length + key.length),
      dispose: (entry, key) => this.#forgetTags(key, entry.tags),
    })
  }

  async read(key: string): Promise<Reading> {
    const entry = this.#entries.get(key)
    if (!entry) return missing
    const state = performance.now() < entry.freshUntil ? 'fresh' : 'renew'
    return { state, json: entry.json, readAt: '' }
  }

  glance(key: string): string | undefined {
    const entry = this.#entries.get(key)
    return entry && performance.now() < entry.freshUntil ? entry.json : undefined
  }

  async write(key: string, entry: Entry): Promise<'stored' | 'left out'> {
    if (this.#isClosed || entry.ttlSeconds <= 0) return 'left out'
    const freshUntil = performance.now() + entry.ttlSeconds * 1000
    const ttl = Math.ceil((entry.ttlSeconds + entry.staleSeconds) * 1000)
    this.#entries.set(key, { ...entry, freshUntil }, { ttl })
    // An entry larger than the whole cache is not kept, and must leave no tags behind.
    if (!this.#entries.has(key)) return 'left out'
    this.#rememberTags(key, entry.tags)
    return 'stored'
  }

  async delete(key: string): Promise<void> {
    this.#entries.delete(key)
  }

  async invalidateTags(tags: readonly string[]): Promise<void> {
    for (const tag of tags) {
      for (const key of this.#keysByTag.get(tag) ?? []) this.#entries.delete(key)
    }
  }

  async isReady(): Promise<boolean> {
    return !this.#isClosed
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#entries.clear()
  }

  #rememberTags(entryKey: string, tags: readonly string[]): void {
    for (const tag of tags) {
      const keys = this.#keysByTag.get(tag)
      if (keys) keys.add(entryKey)
      else this.#keysByTag.set(tag, new Set([entryKey]))
    }
  }

  #forgetTags(entryKey: string, tags: readonly string[]): void {
    for (const tag of tags) {
      const keys = this.#keysByTag.get(tag)
      keys?.delete(entryKey)
      if (keys?.size === 0) this.#keysByTag.delete(tag)
    }
  }
}
