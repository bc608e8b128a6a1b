import {
  NotificationListener,
  type NotificationListenerOptions,
} from '@rose-ash/shared/events/notification-listener'
import { and, asc, eq, gt, gte, lt, type SQL, sql } from 'drizzle-orm'
import {
  type Database,
  kvChanges,
  kvEntries,
  kvHorizon,
  type Queryable,
  type Transaction,
} from '../../models/index.ts'
import { decodeKey, encodeKey, type Key, keyRange } from './key.ts'
import {
  type Cursor,
  type KvChanges,
  type KvEntry,
  type KvOperation,
  type KvReader,
  type KvStore,
  type KvValue,
  type KvWriter,
  lastByKey,
  type ScanOptions,
} from './kv-store.ts'
import { Turns } from './turns.ts'

/** On this channel PostgreSQL tells of writes to the store. */
export const kvChannel = 'rose_ash_kv'

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
    return readerOf(this.#database).get(key)
  }

  scan(prefix: Key, options?: ScanOptions): Promise<readonly KvEntry[]> {
    return readerOf(this.#database).scan(prefix, options)
  }

  scanAll(prefixes: readonly Key[]): Promise<readonly KvEntry[]> {
    return readerOf(this.#database).scanAll(prefixes)
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
          ...readerOf(transaction),
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
      ...readerOf(transaction),
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
    const last = [...lastByKey(operations, (key) => encodeKey(key).toString('latin1'))]
    const keys = last.map(([text]) => Buffer.from(text, 'latin1'))
    const values = last.map(([, operation]) =>
      operation.kind === 'put' ? JSON.stringify(operation.value) : null,
    )
    const { rows } = await transaction.execute<{ first: string | null; last: string | null }>(
      writeStatement(keys, values),
    )
    const { first, last: end } = rows[0] ?? {}
    if (end === null || end === undefined) return 0
    await this.#forget(transaction, Number(first), Number(end))
    return Number(end)
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

function readerOf(database: Queryable): KvReader {
  return {
    async get(key) {
      const [row] = await database
        .select({ value: kvEntries.value })
        .from(kvEntries)
        .where(eq(kvEntries.key, encodeKey(key)))
      return row?.value as KvValue | undefined
    },
    async scan(prefix, { after, limit } = {}) {
      const { start, end } = keyRange(prefix)
      const past = after === undefined ? undefined : gt(kvEntries.key, encodeKey(after))
      const query = database
        .select()
        .from(kvEntries)
        .where(and(gte(kvEntries.key, start), lt(kvEntries.key, end), past))
        .orderBy(asc(kvEntries.key))
      return readRows(await (limit === undefined ? query : query.limit(Math.max(0, limit))))
    },
    async scanAll(prefixes) {
      const ranges = prefixes.map((prefix) => keyRange(prefix))
      const starts = ranges.map(({ start }) => start)
      const ends = ranges.map(({ end }) => end)
      const { rows } = await database.execute<{ key: Buffer; value: unknown }>(sql`
        select kv_entries.key, kv_entries.value
        from unnest(${sql.param(starts)}::bytea[], ${sql.param(ends)}::bytea[]) as wanted (first, past)
        join kv_entries on kv_entries.key >= wanted.first and kv_entries.key < wanted.past
        order by kv_entries.key`)
      return readRows(rows)
    },
  }
}

function readRows(rows: readonly { readonly key: Buffer; readonly value: unknown }[]): KvEntry[] {
  return rows.map(({ key, value }) => ({ key: decodeKey(key), value: value as KvValue }))
}

/** One statement for all of it: what is there already is neither written nor told of. */
function writeStatement(keys: readonly Buffer[], values: readonly (string | null)[]): SQL {
  return sql`
    with input as (
      select key, value::jsonb as value, place
      from unnest(${sql.param(keys)}::bytea[], ${sql.param(values)}::text[]) with ordinality
        as operation (key, value, place)
    ), deleted as (
      delete from kv_entries using input
      where kv_entries.key = input.key and input.value is null
      returning input.place, input.key, null::jsonb as value
    ), written as (
      insert into kv_entries (key, value)
      select key, value from input where value is not null
      on conflict (key) do update set value = excluded.value
      where kv_entries.value is distinct from excluded.value
      returning key, value
    ), logged as (
      insert into kv_changes (key, value)
      select key, value from (
        select place, key, value from deleted
        union all
        select input.place, written.key, written.value from written join input using (key)
      ) as changes
      order by place
      returning seq
    )
    select min(seq) as first, max(seq) as last, pg_notify(${kvChannel}, '')
    from logged having count(*) > 0`
}
