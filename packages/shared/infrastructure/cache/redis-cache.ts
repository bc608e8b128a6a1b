import type { Redis } from 'ioredis'
import type { Logger } from '../log.ts'
import type { CacheStore, Entry, Reading } from './cache-store.ts'
import { RedisLink } from './redis-link.ts'
import { invalidateScript, readScript, storeScript } from './redis-scripts.ts'
import { StoredCache } from './stored-cache.ts'

export interface RedisCacheOptions {
  readonly url: string
  /** Everything is below `<prefix>:`. Processes that share it share and invalidate together. */
  readonly prefix: string
  readonly log: Logger
  /** How long Redis may take before a caller goes on without it. Default 150. */
  readonly commandMs?: number
}

/**
 * One cache for all processes of the platform. While Redis is away or slow, values are loaded, and
 * invalidations wait in memory until it is back. An invalidation is lost, and the old value served
 * until its time is over, only when this process ends before that, or when Redis itself restarts
 * from a snapshot that is older than the invalidation.
 */
export class RedisCache extends StoredCache {
  constructor(options: RedisCacheOptions) {
    super(new RedisCacheStore(options), options.log)
  }
}

const markSeconds = 24 * 60 * 60
const renewalLockMs = 5000
const batchSize = 500
/** Above this many, the oldest is given up: its entries end with their own time. */
const mostUnsent = 100_000

class RedisCacheStore implements CacheStore {
  readonly #prefix: string
  readonly #link: RedisLink
  /** Keys in Redis that could not be invalidated yet. */
  readonly #unsent = new Set<string>()

  constructor({ url, prefix, log, commandMs = 150 }: RedisCacheOptions) {
    this.#prefix = prefix
    const onReturn = (redis: Redis) => this.#sendUnsent(redis)
    this.#link = new RedisLink({ url, log, commandMs, onReturn })
  }

  async read(key: string, { willRenew }: { willRenew: boolean }): Promise<Reading | undefined> {
    const keys = this.#entryKeys(key)
    const reply = await this.#link.attempt((redis) => {
      return redis.eval(readScript, keys.length, ...keys, willRenew ? renewalLockMs : 0)
    })
    if (!reply) return undefined
    const [readAt, state, json] = reply as [string, Reading['state'], string]
    return { readAt, state, json }
  }

  glance(): undefined {
    return undefined
  }

  async write(key: string, entry: Entry): Promise<'stored' | 'outdated' | 'left out'> {
    const { json, tags, ttlSeconds, staleSeconds, loadedAt = '' } = entry
    if (ttlSeconds <= 0) return 'left out'
    const keys = [...this.#entryKeys(key), ...tags.map((tag) => this.#key('tag', tag))]
    const freshMs = Math.ceil(ttlSeconds * 1000)
    const staleMs = Math.ceil(staleSeconds * 1000)
    const tagSeconds = Math.max(markSeconds, Math.ceil(ttlSeconds + staleSeconds))
    const reply = await this.#link.attempt((redis) => {
      const values = [loadedAt, freshMs, staleMs, tagSeconds, json]
      return redis.eval(storeScript, keys.length, ...keys, ...values)
    })
    if (reply === undefined) return 'left out'
    return reply === 1 ? 'stored' : 'outdated'
  }

  delete(key: string): Promise<void> {
    return this.#invalidate([this.#key('entry', key)])
  }

  invalidateTags(tags: readonly string[]): Promise<void> {
    return this.#invalidate(tags.map((tag) => this.#key('tag', tag)))
  }

  async isReady(): Promise<boolean> {
    return (await this.#link.attempt((redis) => redis.ping())) !== undefined
  }

  async close(): Promise<void> {
    this.#link.close()
  }

  async #invalidate(keys: readonly string[]): Promise<void> {
    const sent = await this.#link.attempt(async (redis) => {
      await this.#mark(redis, keys)
      return true
    })
    if (sent) return
    for (const key of keys) this.#unsent.add(key)
    for (const oldest of this.#unsent) {
      if (this.#unsent.size <= mostUnsent) break
      this.#unsent.delete(oldest)
    }
    this.#link.suspend(new Error('an invalidation did not reach Redis'))
  }

  async #sendUnsent(redis: Redis): Promise<void> {
    while (this.#unsent.size > 0) {
      const keys = this.#unsent.values().take(batchSize).toArray()
      await this.#mark(redis, keys)
      for (const key of keys) this.#unsent.delete(key)
    }
  }

  async #mark(redis: Redis, keys: readonly string[]): Promise<void> {
    try {
      const all = [this.#key('clock'), ...keys]
      await redis.eval(invalidateScript, all.length, ...all, markSeconds)
    } catch {
      // A full Redis refuses to write but not to delete, and an entry without its tags is a miss.
      await redis.del(...keys)
    }
  }

  #entryKeys(entryKey: string): string[] {
    return [this.#key('clock'), this.#key('entry', entryKey), this.#key('lock', entryKey)]
  }

  #key(kind: 'clock' | 'entry' | 'lock' | 'tag', name?: string): string {
    return name === undefined ? `${this.#prefix}:${kind}` : `${this.#prefix}:${kind}:${name}`
  }
}
