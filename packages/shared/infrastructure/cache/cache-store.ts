/** Where a cache keeps its entries. Keys are encoded, values are JSON. No method throws. */
export interface CacheStore {
  /** Undefined when the store cannot be asked. With `willRenew` the caller offers to renew. */
  read(key: string, options: { willRenew: boolean }): Promise<Reading | undefined>
  /** The JSON of a fresh entry that needs no waiting for; undefined when it has to be read. */
  glance(key: string): string | undefined
  /** `outdated`: not kept, because something was invalidated since `entry.loadedAt`. */
  write(key: string, entry: Entry): Promise<'stored' | 'outdated' | 'left out'>
  delete(key: string): Promise<void>
  invalidateTags(tags: readonly string[]): Promise<void>
  isReady(): Promise<boolean>
  close(): Promise<void>
}

export interface Reading {
  /** `renew`: stale, and of all who found it so, this caller is to renew it. */
  readonly state: 'fresh' | 'stale' | 'renew' | 'missing'
  /** Empty when missing. */
  readonly json: string
  /** The store's time before a load that this reading may lead to. */
  readonly readAt: string
}

export interface Entry {
  readonly json: string
  readonly tags: readonly string[]
  readonly ttlSeconds: number
  readonly staleSeconds: number
  /** `readAt` of the reading before the load; undefined: now. */
  readonly loadedAt?: string
}
