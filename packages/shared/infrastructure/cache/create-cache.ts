import type { Logger } from '../log.ts'
import type { Cache } from './cache.ts'
import { MemoryCache } from './memory-cache.ts'
import { RedisCache } from './redis-cache.ts'

export interface CacheOptions {
  /** Without it the cache is this process's own memory. */
  readonly redisUrl?: string | undefined
  readonly prefix: string
  readonly log: Logger
}

/**
 * Redis where there is one, otherwise memory. Apps that compose each other's fragments should share
 * one cache (the same value in one process, the same prefix on one Redis): an invalidation reaches
 * no further. Separate processes without Redis see each other's changes when the time is over.
 */
export function createCache({ redisUrl, prefix, log }: CacheOptions): Cache {
  return redisUrl ? new RedisCache({ url: redisUrl, prefix, log }) : new MemoryCache({ log })
}
