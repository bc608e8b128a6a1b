import type { Logger } from '@rose-ash/shared/infrastructure/log'
import type { GraphAccess } from '../graph/open-graph.ts'
import { LiveList, type LiveListener } from './live-list.ts'

export interface FollowedList {
  readonly slug: string
  /** Of the event that was heard last, in an earlier connection. */
  readonly lastId: string | undefined
}

/** The lists that are followed just now: each is worked out once, however many pages show it. */
export class LiveLists implements Disposable {
  readonly #access: GraphAccess
  readonly #log: Pick<Logger, 'warn'>
  readonly #lists = new Map<string, LiveList>()

  constructor(access: GraphAccess, log: Pick<Logger, 'warn'>) {
    this.#access = access
    this.#log = log
  }

  get size(): number {
    return this.#lists.size
  }

  /** Returns how to stop; undefined when there is no such list for everybody. */
  async follow(
    { slug, lastId }: FollowedList,
    listener: LiveListener,
  ): Promise<(() => void) | undefined> {
    const graph = await this.#access.open()
    const list = this.#lists.get(slug) ?? new LiveList({ graph, slug, log: this.#log })
    this.#lists.set(slug, list)
    const stop = () => {
      list.leave(listener)
      if (list.listenerCount > 0) return
      list[Symbol.dispose]()
      if (this.#lists.get(slug) === list) this.#lists.delete(slug)
    }
    try {
      if (await list.join(listener, lastId)) return stop
    } catch (error) {
      stop()
      throw error
    }
    stop()
    return undefined
  }

  /** For what the graph tells nobody of: new titles, drafts that are published, another text of a list. */
  look(): void {
    for (const list of this.#lists.values()) list.lookSoon()
  }

  [Symbol.dispose](): void {
    for (const list of this.#lists.values()) list[Symbol.dispose]()
    this.#lists.clear()
  }
}
