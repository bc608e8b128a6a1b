import type { Key } from './key.ts'

/** JSON, but for null at the top: that is how a missing entry reads. */
export type KvValue =
  | string
  | number
  | boolean
  | readonly Json[]
  | { readonly [name: string]: Json }

type Json = KvValue | null

export interface KvEntry {
  readonly key: Key
  readonly value: KvValue
}

export type KvOperation =
  | { readonly kind: 'put'; readonly key: Key; readonly value: KvValue }
  | { readonly kind: 'delete'; readonly key: Key }

/** A deletion has no value. */
export interface KvChange {
  readonly key: Key
  readonly value: KvValue | undefined
}

/** A place in the history of all writes. It grows; 0 is before the first. */
export type Cursor = number

export interface KvChanges {
  readonly changes: readonly KvChange[]
  /** From here on for the next time. */
  readonly cursor: Cursor
}

export interface ScanOptions {
  /** Only entries past this key. */
  readonly after?: Key
  readonly limit?: number
}

export interface KvWriter {
  /**
   * All of the operations or none, one after the other; of several on one key the last one counts. What is
   * there already is no change. Returns where in the history it ended, or 0 when nothing changed.
   */
  write(operations: readonly KvOperation[]): Promise<Cursor>
}

export interface KvReader {
  get(key: Key): Promise<KvValue | undefined>
  /** Entries whose keys begin with these parts, in the order of the keys. */
  scan(prefix: Key, options?: ScanOptions): Promise<readonly KvEntry[]>
  /** Those under any of several prefixes, none of which begins with another, in one read. */
  scanAll(prefixes: readonly Key[]): Promise<readonly KvEntry[]>
}

/**
 * Entries under structured keys. Any number of processes may share what one store is made of: each of them sees
 * the writes of all in one order, by `changesSince`, soon after `onChange` has told that there are some. Who reads
 * `cursor` first, then entries, then the changes since, misses none: a change says what an entry is, not how it came
 * to be so.
 */
export interface KvStore extends KvReader, KvWriter, AsyncDisposable {
  put(key: Key, value: KvValue): Promise<Cursor>
  delete(key: Key): Promise<Cursor>
  cursor(): Promise<Cursor>
  /** Runs work between whose reads and writes nobody else writes; what it throws, and then nothing is written. */
  exclusively<Result>(work: (inside: KvReader & KvWriter) => Promise<Result>): Promise<Result>
  /** At most so many; undefined when the history does not reach back that far, and all must be read anew. */
  changesSince(cursor: Cursor, limit?: number): Promise<KvChanges | undefined>
  /** Called when there may be changes; a call may be late, never lost. Returns how to stop. */
  onChange(listener: () => void): () => void
}

/** The last operation on each key. */
export function lastByKey<Id>(
  operations: readonly KvOperation[],
  idOf: (key: Key) => Id,
): Map<Id, KvOperation> {
  const last = new Map<Id, KvOperation>()
  for (const operation of operations) {
    const id = idOf(operation.key)
    // In the order of what counts.
    last.delete(id)
    last.set(id, operation)
  }
  return last
}
