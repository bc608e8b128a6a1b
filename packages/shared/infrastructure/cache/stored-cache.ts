import type { Logger } from '../log.ts'
import { encodeCacheKey } from './cache-key.ts'
import type { CacheStore } from './cache-store.ts'
import {
  type Cache,
  type CacheKey,
  type JsonCompatible,
  type LoadOptions,
  type StoreOptions,
  tagsOf,
} from './cache.ts'
import { type Flight, type Landing, SingleFlight } from './single-flight.ts'

/** The contract of `Cache` over any store: what is the same wherever the entries are. */
export class StoredCache implements Cache {
  readonly #store: CacheStore
  readonly #log: Logger
  readonly #flights = new SingleFlight()
  readonly #listeners = new Set<(tags: readonly string[]) => void>()

  constructor(store: CacheStore, log: Logger) {
    this.#store = store
    this.#log = log
  }

  async get<Value>(key: CacheKey): Promise<Value | undefined> {
    const reading = await this.#store.read(encodeCacheKey(key), { willRenew: false })
    return reading?.state === 'fresh' ? fromJson<Value>(reading.json) : undefined
  }

  async set<Value>(
    key: CacheKey,
    value: Value & JsonCompatible<Value>,
    { tags = [], ttlSeconds, staleSeconds = 0 }: StoreOptions,
  ): Promise<void> {
    const entry = { json: toJson(value), tags, ttlSeconds, staleSeconds }
    await this.#store.write(encodeCacheKey(key), entry)
  }

  async delete(key: CacheKey): Promise<void> {
    const entryKey = encodeCacheKey(key)
    this.#flights.delete(entryKey)
    await this.#store.delete(entryKey)
  }

  async invalidateTags(tags: readonly string[]): Promise<void> {
    if (tags.length === 0) return
    for (const listener of this.#listeners) listener(tags)
    this.#flights.invalidateTags(tags)
    await this.#store.invalidateTags(tags)
  }

  onInvalidate(listener: (tags: readonly string[]) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  // Not async: a page asks for some twenty values that are at hand.
  getOrLoad<Value>(
    key: CacheKey,
    load: () => Promise<Value & JsonCompatible<Value>>,
    options: LoadOptions<Value>,
  ): Promise<Value> {
    const entryKey = encodeCacheKey(key)
    const json = this.#store.glance(entryKey)
    if (json === undefined) return this.#readOrLoad(entryKey, load, options)
    return Promise.resolve(fromJson<Value>(json))
  }

  async #readOrLoad<Value>(
    entryKey: string,
    load: () => Promise<Value & JsonCompatible<Value>>,
    options: LoadOptions<Value>,
  ): Promise<Value> {
    const reading = await this.#store.read(entryKey, { willRenew: true })
    if (reading?.state === 'fresh') return fromJson<Value>(reading.json)

    const fly = async (flight: Flight): Promise<Landing> => {
      const value = await load()
      const json = toJson(value)
      const tags = tagsOf(value, options)
      if (flight.isOutdated(tags)) return { json, isOutdated: true }
      // A store that could not be asked before cannot tell what was invalidated since.
      if (!reading) return { json, isOutdated: false }
      const { ttlSeconds, staleSeconds = 0 } = options
      const entry = { json, tags, ttlSeconds, staleSeconds, loadedAt: reading.readAt }
      return { json, isOutdated: (await this.#store.write(entryKey, entry)) === 'outdated' }
    }
    if (!reading || reading.state === 'missing') {
      return fromJson<Value>(await this.#flights.run(entryKey, fly))
    }
    if (reading.state === 'renew' && !this.#flights.isUnderWay(entryKey)) {
      this.#flights.run(entryKey, fly).catch((error: unknown) => {
        this.#log.warn({ err: error, key: entryKey }, 'a cached value could not be renewed')
      })
    }
    return fromJson<Value>(reading.json)
  }

  isReady(): Promise<boolean> {
    return this.#store.isReady()
  }

  close(): Promise<void> {
    return this.#store.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}

/** Throws where a type was stretched: JSON has no word for undefined, functions and symbols. */
function toJson(value: unknown): string {
  const json: string | undefined = JSON.stringify(value)
  if (json === undefined) {
    throw new TypeError(
      `A cache keeps what JSON can write, not ${typeof value}; for none use null.`,
    )
  }
  return json
}

function fromJson<Value>(json: string): Value {
  return JSON.parse(json) as Value
}
