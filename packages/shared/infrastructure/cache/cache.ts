/**
 * A cache that saves work and is never needed: nothing may live only here. Whatever happens to the
 * store behind it, a caller gets its answer from `load`, never an exception from the cache.
 *
 * What comes back is always the value after a trip through JSON, a new copy for every caller, so
 * that no two requests share an object. A key names a value's shape too: whoever changes the shape
 * changes the key, because a store may outlive a deployment.
 */
export interface Cache extends AsyncDisposable {
  /** Undefined when there is nothing, or nothing fresh. The caller vouches for `Value`. */
  get<Value>(key: CacheKey): Promise<Value | undefined>

  /**
   * For a value at hand. The cache cannot know how old it is: when it was read before somebody
   * invalidated one of its tags, it is kept all the same. `getOrLoad` does not have this gap.
   */
  set<Value>(
    key: CacheKey,
    value: Value & JsonCompatible<Value>,
    options: StoreOptions,
  ): Promise<void>

  delete(key: CacheKey): Promise<void>

  /**
   * After it has resolved, nothing with one of these tags that was loaded before is served again.
   * A store that cannot be reached is told as soon as it answers; until then this process does not
   * read from it, and other processes may serve the old value for the rest of its time.
   */
  invalidateTags(tags: readonly string[]): Promise<void>

  /** Called with tags when they are invalidated in this process. Returns how to stop. */
  onInvalidate(listener: (tags: readonly string[]) => void): () => void

  /**
   * The cached value, or that of `load`. However many ask at once, one load for a key is under way
   * in a process, and everybody gets its result or its error; an error is not cached.
   *
   * Within `staleSeconds` after `ttlSeconds` the old value is served at once while one load renews
   * it behind the scenes; when that load fails, the old value goes on until `staleSeconds` are over.
   * A value that was invalidated while it was being loaded is not kept.
   */
  getOrLoad<Value>(
    key: CacheKey,
    load: () => Promise<Value & JsonCompatible<Value>>,
    options: LoadOptions<Value>,
  ): Promise<Value>

  /** Whether the store answers. False costs speed, not correctness: a page needs no cache. */
  isReady(): Promise<boolean>

  /** Afterwards nothing is found and nothing is kept; `getOrLoad` goes on loading. */
  close(): Promise<void>
}

/** Parts from the general to the particular. They may hold any text: no part can imitate two. */
export type CacheKey = readonly [string, ...string[]]

export interface StoreOptions {
  /** How long the value is fresh. */
  readonly ttlSeconds: number
  /** How long after that it may still be served while it is renewed. Default 0. */
  readonly staleSeconds?: number
  readonly tags?: readonly string[]
}

export interface LoadOptions<Value> extends Omit<StoreOptions, 'tags'> {
  /** A function when only the value tells what it depends on. */
  readonly tags?: readonly string[] | ((value: Value) => readonly string[])
}

/** The tags of a loaded value, whichever way they were given. */
export function tagsOf<Value>(value: Value, options: LoadOptions<Value>): readonly string[] {
  return typeof options.tags === 'function' ? options.tags(value) : (options.tags ?? [])
}

/**
 * `Value` when JSON keeps it whole, otherwise `never` where it would not: dates, maps, functions,
 * bigints. For "there is none" cache `null`; `undefined` means a miss.
 */
export type JsonCompatible<Value> = Value extends string | number | boolean | null
  ? Value
  : Value extends NotJson
    ? never
    : Value extends object
      ? { readonly [Key in keyof Value]: JsonProperty<Value[Key]> }
      : never

type JsonProperty<Value> = Value extends undefined ? Value : JsonCompatible<Value>

type NotJson =
  | ((...parameters: never[]) => unknown)
  | Date
  | RegExp
  | Error
  | Uint8Array
  | ReadonlyMap<unknown, unknown>
  | ReadonlySet<unknown>
  | Promise<unknown>
