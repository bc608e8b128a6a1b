import { LRUCache } from 'lru-cache'

export interface TokenBuckets {
  /** False when this one has had its share of the last minute. */
  take(name: string): boolean
}

/** A bucket for each name, which fills again steadily. Whoever is quiet is forgotten. */
export function createTokenBuckets({ perMinute }: { readonly perMinute: number }): TokenBuckets {
  const buckets = new LRUCache<string, { tokens: number; at: number }>({
    max: 10_000,
    ttl: 10 * 60_000,
  })
  return {
    take(name) {
      const now = Date.now()
      const last = buckets.get(name) ?? { tokens: perMinute, at: now }
      const tokens = Math.min(perMinute, last.tokens + ((now - last.at) / 60_000) * perMinute)
      const isTaken = tokens >= 1
      buckets.set(name, { tokens: isTaken ? tokens - 1 : tokens, at: now })
      return isTaken
    },
  }
}
