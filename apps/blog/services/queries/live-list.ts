import { randomUUID } from 'node:crypto'
import type { Logger } from '@rose-ash/shared/infrastructure/log'
import type { Graph } from '../graph/open-graph.ts'
import { findChange, type ListChange, type ListRow, rowOf } from './list-changes.ts'
import { showAnswer } from './list-reader.ts'
import { readQuery } from './read-query.ts'
import { findQuery } from './saved-query.ts'
import { watchAnswer, type WatchedAnswer, type WatchedViews } from './watch-answer.ts'

type Told =
  | ListChange
  /** A sentence why the rows are not up to date, or null when they are again. */
  | { readonly kind: 'problem'; readonly data: { readonly problem: string | null } }
  /** There is no such list any more. */
  | { readonly kind: 'gone'; readonly data: Readonly<Record<string, never>> }

export type LiveEvent = Told & { readonly id: string }

export type LiveListener = (event: LiveEvent) => void

export interface LiveListOptions {
  readonly graph: Pick<Graph, 'database' | 'store'> & { readonly views: WatchedViews }
  readonly slug: string
  readonly log: Pick<Logger, 'warn'>
}

const pauseMilliseconds = 250
/** What is worked out slowly is worked out seldom: the pause is so many times as long. */
const restFactor = 10
const remembered = 100

/** A public list that at least one page follows. All who do are told the same. */
export class LiveList implements Disposable {
  readonly #options: LiveListOptions
  /** Those that have not been told yet how the list is wait for that first. */
  readonly #listeners = new Map<LiveListener, 'waiting' | 'told'>()
  /** So that an id of another process, or of before, is not taken for one of ours. */
  readonly #series = randomUUID().slice(0, 8)
  #version = 0
  #events: readonly LiveEvent[] = []
  #rows: readonly ListRow[] = []
  #problem: string | null = null
  #watched: { readonly text: string; readonly answer: WatchedAnswer | undefined } | undefined
  #looking: Promise<boolean> | undefined
  #nextLook = 0
  #timer: NodeJS.Timeout | undefined
  #isKnown = false
  #isDisposed = false

  constructor(options: LiveListOptions) {
    this.#options = options
  }

  get listenerCount(): number {
    return this.#listeners.size
  }

  /**
   * Tells a listener how the list is, or what it has missed since the event that it knows last, and then of each
   * change. False when there is no such list for everybody. Call `leave` in any case.
   */
  async join(listener: LiveListener, lastId: string | undefined): Promise<boolean> {
    this.#listeners.set(listener, 'waiting')
    const isThere = await (this.#isKnown ? true : this.look())
    if (!isThere || !this.#listeners.has(listener)) return isThere
    this.#listeners.set(listener, 'told')
    for (const event of this.#missedSince(lastId)) listener(event)
    return true
  }

  leave(listener: LiveListener): void {
    this.#listeners.delete(listener)
  }

  /** Reads the list and tells what is different: also a title, or that a draft is published. */
  look(): Promise<boolean> {
    this.#looking ??= this.#lookNow().finally(() => (this.#looking = undefined))
    return this.#looking
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true
    clearTimeout(this.#timer)
    this.#watched?.answer?.[Symbol.dispose]()
    this.#watched = undefined
    this.#listeners.clear()
  }

  get #id(): string {
    return `${this.#series}-${this.#version}`
  }

  async #lookNow(): Promise<boolean> {
    const { graph, slug } = this.#options
    this.#nextLook = performance.now() + pauseMilliseconds
    const query = await findQuery(graph.store, slug)
    if (this.#isDisposed) return false
    if (!query?.isPublic) {
      this.#isKnown = false
      this.#tell({ kind: 'gone', data: {} })
      return false
    }
    this.#watch(query.text)
    const start = performance.now()
    const answer = this.#watched?.answer?.current() ?? unreadable
    const rest = restFactor * (performance.now() - start)
    this.#nextLook = start + Math.max(pauseMilliseconds, rest)
    const { entries, problem } = await showAnswer(graph, query, answer)
    if (this.#isDisposed) return false
    if (problem === null) this.#show(entries.map(rowOf))
    if (problem !== this.#problem) {
      this.#problem = problem
      this.#tell({ kind: 'problem', data: { problem } })
    }
    this.#isKnown = true
    return true
  }

  #watch(text: string): void {
    if (this.#watched?.text === text) return
    this.#watched?.answer?.[Symbol.dispose]()
    const { query } = readQuery(text)
    const { views } = this.#options.graph
    const answer = query && watchAnswer(views, query, () => this.lookSoon())
    this.#watched = { text, answer }
  }

  /** At once, but not more often than a few times a second. What comes meanwhile is seen then. */
  lookSoon(): void {
    if (this.#timer || this.#isDisposed) return
    const least = this.#looking ? pauseMilliseconds : 0
    const wait = Math.max(least, this.#nextLook - performance.now())
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      if (this.#looking) return this.lookSoon()
      this.look().catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error)
        this.#options.log.warn({ reason, slug: this.#options.slug }, 'a list could not be followed')
      })
    }, wait)
  }

  #show(rows: readonly ListRow[]): void {
    const change = findChange(this.#rows, rows)
    this.#rows = rows
    if (change) this.#tell(change)
  }

  #tell(told: Told): void {
    this.#version += 1
    const event = { id: this.#id, ...told }
    this.#events = [...this.#events, event].slice(-remembered)
    for (const [listener, state] of this.#listeners) if (state === 'told') listener(event)
  }

  /** Everything, where that cannot be told. */
  #missedSince(lastId: string | undefined): readonly LiveEvent[] {
    const [series, version] = lastId?.split('-') ?? []
    const missed = this.#version - Number(version)
    const isKnown = series === this.#series && missed >= 0 && missed <= this.#events.length
    return isKnown ? this.#events.slice(this.#events.length - missed) : this.#whole()
  }

  #whole(): readonly LiveEvent[] {
    const problem = { id: this.#id, kind: 'problem', data: { problem: this.#problem } } as const
    const rows = { id: this.#id, kind: 'rows', data: { rows: this.#rows } } as const
    return this.#problem === null ? [rows] : [rows, problem]
  }
}

const unreadable = {
  status: 'stopped',
  reason: 'This list cannot be read any more.',
  problems: [],
} as const
