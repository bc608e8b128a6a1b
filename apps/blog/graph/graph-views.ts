import { readFileSync } from 'node:fs'
import { type Database, datalog, type Delta, type Value } from '@rose-ash/datalog'
import type { Logger } from '@rose-ash/shared/infrastructure/log'
import { outgoing, readOutgoing } from './edges.ts'
import { type Fact, factOf, factRelations } from './facts.ts'
import { changedFields } from './field-changes.ts'
import { beginsWith, type Key } from './kv/key.ts'
import type { Cursor, KvChange, KvStore } from './kv/kv-store.ts'
import { readStoredFacts } from './stored-facts.ts'

const rules = readFileSync(new URL('./views.dl', import.meta.url), 'utf8')
const pageSize = 10_000

/** Of the relations in `views.dl`, those that are only worked out when asked. */
export const askedRelations: readonly string[] = [
  'shares_tag',
  'shares_type',
  'shares_value',
  'neighbour',
]

/** Keeps entries of another kind in step with the edges. */
export interface Companion {
  readonly prefix: Key
  apply(change: KvChange): void
  /** Forgets everything: all entries are given again. */
  reset(): void
}

export interface GraphViewsOptions {
  readonly store: KvStore
  readonly log: Pick<Logger, 'warn'>
  readonly companions?: readonly Companion[]
}

/**
 * What `views.dl` says of the edges and fields in a store, kept by their changes: loaded once, and never worked out
 * anew for a write. Each process has its own, and all come to the same.
 */
export class GraphViews implements AsyncDisposable {
  /** For questions; its facts are the store's to change. */
  readonly database: Database
  readonly #options: GraphViewsOptions
  #cursor: Cursor = 0
  #following: Promise<void> = Promise.resolve()
  #isDue = false
  #stopFollowing: (() => void) | undefined
  readonly #waiting = new Set<{ cursor: Cursor; resolve: () => void }>()
  readonly #listeners = new Set<(delta: Delta) => void>()

  private constructor(options: GraphViewsOptions) {
    this.#options = options
    // Who follows a question must not end the process when it cannot be worked out any more.
    this.database = createDatabase((error) => this.#warn(error, 'a question could not be followed'))
  }

  static async open(options: GraphViewsOptions): Promise<GraphViews> {
    const views = new GraphViews(options)
    await views.#load()
    views.#stopFollowing = options.store.onChange(() => void views.follow())
    await views.follow()
    return views
  }

  /** How far in the history of the store the views are. */
  get cursor(): Cursor {
    return this.#cursor
  }

  /** Reads what has changed. Failures are left to the next call, and told in the log. */
  follow(): Promise<void> {
    if (!this.#isDue) {
      this.#isDue = true
      this.#following = this.#following.then(() => this.#followNow())
    }
    return this.#following
  }

  /** Waits until a write is in the views, for two seconds at most: whoever wrote then reads what they wrote. */
  async reach(cursor: Cursor): Promise<void> {
    await this.follow()
    if (cursor <= this.#cursor) return
    const reached = Promise.withResolvers<void>()
    const waiting = { cursor, resolve: reached.resolve }
    this.#waiting.add(waiting)
    const timer = setTimeout(reached.resolve, 2000)
    await reached.promise
    clearTimeout(timer)
    this.#waiting.delete(waiting)
  }

  /** Called with what has changed of the views, after each change. Returns how to stop. */
  onChange(listener: (delta: Delta) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopFollowing?.()
    await this.#following
    for (const { resolve } of this.#waiting) resolve()
    this.#waiting.clear()
  }

  async #load(): Promise<void> {
    const { store } = this.#options
    this.#cursor = await store.cursor()
    for await (const facts of readStoredFacts(store)) {
      const rows: Record<string, (readonly Value[])[]> = {}
      for (const { relation, row } of facts) (rows[relation] ??= []).push(row)
      this.database.load(rows)
    }
    await this.#loadCompanions()
  }

  async #loadCompanions(): Promise<void> {
    for (const companion of this.#options.companions ?? []) {
      const entries = await this.#options.store.scan(companion.prefix)
      companion.reset()
      for (const entry of entries) companion.apply(entry)
    }
  }

  async #followNow(): Promise<void> {
    this.#isDue = false
    try {
      for (;;) {
        const found = await this.#options.store.changesSince(this.#cursor, pageSize)
        if (!found) {
          await this.#catchUp()
          continue
        }
        if (found.changes.length > 0) this.#apply(found.changes)
        this.#cursor = found.cursor
        if (found.changes.length < pageSize) break
      }
    } catch (error) {
      this.#warn(error, 'the views of the post graph could not be brought up to date')
    }
    for (const waiting of this.#waiting)
      if (waiting.cursor <= this.#cursor) {
        this.#waiting.delete(waiting)
        waiting.resolve()
      }
  }

  #apply(changes: readonly KvChange[]): void {
    const fields = changedFields(this.database, changes)
    const delta = this.database.tx((transaction) => {
      for (const row of fields.before) transaction.retract('field', row)
      for (const { relation, row } of fields.after) transaction.insert(relation, row)
      for (const { key, value } of changes) {
        if (!beginsWith(key, outgoing)) continue
        const { relation, row } = factOf(readOutgoing(key))
        if (value === undefined) transaction.retract(relation, row)
        else transaction.insert(relation, row)
      }
    })
    for (const change of changes)
      for (const companion of this.#options.companions ?? [])
        if (beginsWith(change.key, companion.prefix)) companion.apply(change)
    this.#tell(delta)
  }

  /** After too long away: all facts are read again, and what differs is one change. */
  async #catchUp(): Promise<void> {
    const { store } = this.#options
    const cursor = await store.cursor()
    const stored = new Map<string, Fact>()
    for await (const facts of readStoredFacts(store))
      for (const fact of facts) stored.set(JSON.stringify([fact.relation, ...fact.row]), fact)
    const delta = this.database.tx((transaction) => {
      for (const relation of factRelations)
        for (const row of this.database.rows(relation) as (readonly Value[])[])
          if (!stored.delete(JSON.stringify([relation, ...row]))) transaction.retract(relation, row)
      for (const { relation, row } of stored.values()) transaction.insert(relation, row)
    })
    await this.#loadCompanions()
    this.#cursor = cursor
    this.#tell(delta)
  }

  #warn(error: unknown, what: string): void {
    this.#options.log.warn({ reason: error instanceof Error ? error.message : String(error) }, what)
  }

  #tell(delta: Delta): void {
    for (const listener of this.#listeners) listener(delta)
  }
}

function createDatabase(onSubscriberError: (error: unknown) => void): Database {
  const database = datalog(undefined, { demand: askedRelations, onSubscriberError })
  database.rules(rules)
  return database
}
