import { LRUCache } from 'lru-cache'
import { encodeCacheKey } from './cache-key.ts'
import {
  type Cache,
  type CacheKey,
  type JsonCompatible,
  type LoadOptions,
  tagsOf,
} from './cache.ts'

/**
 * The few values that are asked for most, as they are used, in front of the cache that processes share.
 * What this process invalidates is gone at once; what another does, within `believedMilliseconds`.
 */
export interface NearCache<Value, Made> {
  /** What `load` throws is thrown, and nothing is kept. */
  get(
    key: CacheKey,
    load: () => Promise<Value & JsonCompatible<Value>>,
    options: LoadOptions<Value>,
  ): Promise<Made>
}

export interface NearCacheOptions<Value, Made> {
  readonly cache: Cache
  readonly maxBytes: number
  /** What is kept of a value here. */
  readonly make: (value: Value) => Made
  readonly sizeOf: (value: Value) => number
  /** Whether what was made of one serves for the other. */
  readonly isSame: (one: Value, other: Value) => boolean
}

/** How long a value is believed before the shared cache is asked again. */
export const believedMilliseconds = 100
const maxEntries = 500

interface Entry<Value, Made> {
  readonly value: Value
  readonly made: Made
  readonly tags: readonly string[]
  readonly checkedAt: number
}

export function createNearCache<Value extends object, Made>(
  options: NearCacheOptions<Value, Made>,
): NearCache<Value, Made> {
  const { cache, make, isSame } = options
  const entries = new LRUCache<string, Entry<Value, Made>>({
    max: maxEntries,
    maxSize: options.maxBytes,
    sizeCalculation: ({ value }) => options.sizeOf(value) + 1,
  })
  let invalidations = 0
  cache.onInvalidate((tags) => {
    invalidations += 1
    const gone = new Set(tags)
    for (const [key, entry] of entries.entries())
      if (entry.tags.some((tag) => gone.has(tag))) entries.delete(key)
  })

  return {
    async get(key, load, loadOptions) {
      const name = encodeCacheKey(key)
      const known = entries.get(name)
      if (known && performance.now() - known.checkedAt < believedMilliseconds) return known.made
      const [before, checkedAt] = [invalidations, performance.now()]
      const value = await cache.getOrLoad<Value>(key, load, loadOptions)
      const made = known && isSame(known.value, value) ? known.made : make(value)
      // What was invalidated meanwhile may have been this.
      if (before === invalidations) {
        entries.set(name, { value, made, tags: tagsOf(value, loadOptions), checkedAt })
      }
      return made
    },
  }
}
