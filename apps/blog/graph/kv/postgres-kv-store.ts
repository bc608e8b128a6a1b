import {
  NotificationListener,
  type NotificationListenerOptions,
} from '@rose-ash/shared/events/notification-listener'
import { asc, gt, sql } from 'drizzle-orm'
import { type Database, kvChanges, kvHorizon, type Transaction } from '../../models/index.ts'
import { decodeKey, type Key } from './key.ts'
import type {
  Cursor,
  KvChanges,
  KvEntry,
  KvOperation,
  KvReader,
  KvStore,
  KvValue,
  KvWriter,
  ScanOptions,
} from './kv-store.ts'
import { createPostgresKvReader } from './postgres-kv-reader.ts'
import { Turns } from './turns.ts'
import { kvChannel, writeOperations } from './write-operations.ts'

/** One writer after the other, so that numbers are given in the order of the commits. */
const writeLock = [7673, 40] as const

export interface PostgresKvStoreOptions {
  readonly database: Database
  /** How to hear of what others write at once; without it, they are asked now and then. */
  readonly listening?: Pick<NotificationListenerOptions, 'url' | 'log'>
  /** How many changes are kept at least. Default 100,000. */
  readonly historyLength?: number
  /** How late a change may be whose notification was lost. Default 5. */
  readonly pollSeconds?: number
}

/** Entries in `kv_entries`, shared by all processes on one database. */
export class PostgresKvStore implements KvStore {
  readonly #database: Database
  readonly #historyLength: number
  readonly #pollSeconds: number
  readonly #listener: NotificationListener | undefined
  readonly #listeners = new Set<() => void>()
  readonly #turns = new Turns()
  #poll: NodeJS.Timeout | undefined

  constructor(options: PostgresKvStoreOptions) {
    const { database, listening, historyLength = 100_000, pollSeconds = 5 } = options
    this.#database = database
    this.#historyLength = historyLength
    this.#pollSeconds = pollSeconds
    const onNotification = () => this.#tell()
    this.#listener =
      listening && new NotificationListener({ ...listening, channel: kvChannel, onNotification })
  }

  get(key: Key): Promise<KvValue | undefined> {
    return createPostgresKvReader(this.#database).get(key)
  }

  scan(prefix: Key, options?: ScanOptions): Promise<readonly KvEntry[]> {
    return createPostgresKvReader(this.#database).scan(prefix, options)
  }

  scanAll(prefixes: readonly Key[]): Promise<readonly KvEntry[]> {
    return createPostgresKvReader(this.#database).scanAll(prefixes)
  }

  put(key: Key, value: KvValue): Promise<Cursor> {
    return this.write([{ kind: 'put', key, value }])
  }

  delete(key: Key): Promise<Cursor> {
    return this.write([{ kind: 'delete', key }])
  }

  async write(operations: readonly KvOperation[]): Promise<Cursor> {
    if (operations.length === 0) return 0
    return this.exclusively((inside) => inside.write(operations))
  }

  /** In a transaction, with which rows of other tables can be written too. */
  async exclusively<Result>(
    work: (inside: KvReader & KvWriter, transaction: Transaction) => Promise<Result>,
  ): Promise<Result> {
    // One connection waits for the lock, not all that the process has.
    const result = await this.#turns.take(() =>
      this.#database.transaction(async (transaction) => {
        await takeLock(transaction)
        const inside = {
          ...createPostgresKvReader(transaction),
          write: async (operations: readonly KvOperation[]) =>
            operations.length === 0 ? 0 : this.#write(transaction, operations),
        }
        return work(inside, transaction)
      }),
    )
    // Its own process need not wait for the notification.
    this.#tell()
    return result
  }

  /** Writes with a transaction that has other work to do, and with it. Other writers wait until it ends. */
  within(transaction: Transaction): KvReader & KvWriter {
    return {
      ...createPostgresKvReader(transaction),
      write: async (operations) => {
        if (operations.length === 0) return 0
        await takeLock(transaction)
        return this.#write(transaction, operations)
      },
    }
  }

  async cursor(): Promise<Cursor> {
    const { rows } = await this.#database.execute<{ seq: string | null }>(
      sql`select greatest((select max(seq) from ${kvChanges}), (select max(seq) from ${kvHorizon})) as seq`,
    )
    return Number(rows[0]?.seq ?? 0)
  }

  async changesSince(cursor: Cursor, limit = 10_000): Promise<KvChanges | undefined> {
    const rows = await this.#database
      .select()
      .from(kvChanges)
      .where(gt(kvChanges.seq, cursor))
      .orderBy(asc(kvChanges.seq))
      .limit(limit)
    // Asked after the changes, so that none can have been dropped in between.
    const [horizon] = await this.#database.select().from(kvHorizon)
    if (horizon && cursor < horizon.seq) return undefined
    const changes = rows.map(({ key, value }) => ({
      key: decodeKey(key),
      value: (value ?? undefined) as KvValue | undefined,
    }))
    return { changes, cursor: rows.at(-1)?.seq ?? cursor }
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    this.#listener?.start()
    this.#poll ??= setInterval(() => this.#tell(), this.#pollSeconds * 1000).unref()
    return () => void this.#listeners.delete(listener)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#poll)
    this.#listeners.clear()
    await this.#listener?.stop()
  }

  async #write(transaction: Transaction, operations: readonly KvOperation[]): Promise<Cursor> {
    const written = await writeOperations(transaction, operations)
    if (!written) return 0
    await this.#forget(transaction, written.first, written.last)
    return written.last
  }

  /** Once in a thousand changes. */
  async #forget(transaction: Transaction, first: Cursor, last: Cursor): Promise<void> {
    const isDue = Math.floor(last / 1000) > Math.floor((first - 1) / 1000)
    const horizon = last - this.#historyLength
    if (!isDue || horizon < 1) return
    await transaction.execute(sql`delete from ${kvChanges} where seq <= ${horizon}`)
    await transaction.execute(sql`delete from ${kvHorizon}`)
    await transaction.insert(kvHorizon).values({ seq: horizon })
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

async function takeLock(transaction: Transaction): Promise<void> {
  await transaction.execute(sql`select pg_advisory_xact_lock(${writeLock[0]}, ${writeLock[1]})`)
}
