import { createEdges, type Edge, type Edges } from '@rose-ash/blog/graph/edges'
import { GraphViews } from '@rose-ash/blog/graph/graph-views'
import type { KvStore } from '@rose-ash/blog/graph/kv/kv-store'
import { MemoryKvStore } from '@rose-ash/blog/graph/kv/memory-kv-store'
import { PostgresKvStore } from '@rose-ash/blog/graph/kv/postgres-kv-store'
import { createDatabase } from '@rose-ash/shared/infrastructure/database'
import { createLog } from '@rose-ash/shared/infrastructure/log'
import { time } from './clock.ts'
import { createWrites, kindsOfWrites, smallCount, smallType, type Write } from './content.ts'
import { isSymmetric, loadStore } from './load.ts'
import type { BareRound, Opened, OpenQuestion, Round, WarmedUp } from './protocol.ts'
import { createWalk, type Walk } from './yardsticks/walk.ts'

const comeBackMilliseconds = 100

/** One store with its graph and its views, and the clock. */
export class GraphUnderTest {
  readonly #edges: Edges
  readonly #views: GraphViews
  readonly #walk: Walk
  readonly #createWrite: (number: number) => Write
  #writes = 0

  private constructor(edges: Edges, views: GraphViews, size: number) {
    this.#edges = edges
    this.#views = views
    this.#walk = createWalk(edges)
    this.#createWrite = createWrites(size)
  }

  static async open(question: OpenQuestion): Promise<{ graph: GraphUnderTest; opened: Opened }> {
    const empty = measureBytes()
    const log = createLog({ app: 'blog', level: 'warn' })
    const store = await openStore(question)
    const withStore = measureBytes()
    const start = performance.now()
    const views = await GraphViews.open({ store, log })
    const bootMilliseconds = performance.now() - start
    const viewBytes = measureBytes() - withStore
    const graph = new GraphUnderTest(createEdges(store, isSymmetric), views, question.size)
    return { graph, opened: { bootMilliseconds, viewBytes, storeBytes: withStore - empty } }
  }

  /** As a server is that has run for a while. */
  async warmUp(seconds: number): Promise<WarmedUp> {
    let rows = 0
    const stop = this.#views.onChange(({ added, removed }) => {
      for (const changed of [...Object.values(added), ...Object.values(removed)])
        rows += changed.length
    })
    for (let kind = 0; kind < kindsOfWrites; kind += 1)
      await this.#writeAndReach(this.#nextWrite().edge, createRound())
    stop()
    const end = performance.now() + seconds * 1000
    while (performance.now() < end) await this.measure(kindsOfWrites)
    return { changedRows: rows / (kindsOfWrites * 2) }
  }

  async measure(operations: number): Promise<Round> {
    await this.#comeBack((edge, unseen) => this.#writeAndReach(edge, unseen))
    const round = createRound()
    const writes = Array.from({ length: operations }, () => this.#nextWrite())
    for (const { edge } of writes) await this.#writeAndReach(edge, round)
    // Apart, so that walks do not take what writes need from the processor's caches.
    for (const { edge, types } of writes) {
      for (const type of types) await this.#check(edge.source, type, round)
      await this.#list(round)
    }
    return round
  }

  /** Ends the views first. */
  async measureBare(operations: number): Promise<BareRound> {
    await this.#views[Symbol.asyncDispose]()
    const write = async (edge: Edge, { add, remove }: BareRound) => {
      await time(add, () => this.#edges.add(edge))
      await time(remove, () => this.#edges.remove(edge))
    }
    await this.#comeBack(write)
    const round: BareRound = { add: [], remove: [] }
    for (let operation = 0; operation < operations; operation += 1)
      await write(this.#nextWrite().edge, round)
    return round
  }

  /** Others have had the processor: its caches and its clock are not this process's at first. */
  async #comeBack(write: (edge: Edge, unseen: BareRound) => Promise<void>): Promise<void> {
    const unseen: BareRound = { add: [], remove: [] }
    const end = performance.now() + comeBackMilliseconds
    while (performance.now() < end) await write(this.#nextWrite().edge, unseen)
  }

  #nextWrite(): Write {
    return this.#createWrite(this.#writes++)
  }

  async #writeAndReach(edge: Edge, { add, remove }: BareRound): Promise<void> {
    await time(add, async () => this.#views.reach(await this.#edges.add(edge)))
    await time(remove, async () => this.#views.reach(await this.#edges.remove(edge)))
  }

  async #check(post: string, type: string, round: Round): Promise<void> {
    const { database } = this.#views
    const viewed = await time(round.viewCheck, () => database.has('instance', [post, type]))
    const walked = await time(round.walkCheck, () => this.#walk.isInstance(post, type))
    if (viewed !== walked) throw new Error(`Whether ${post} is of ${type}: ${viewed} and ${walked}`)
  }

  async #list(round: Round): Promise<void> {
    const instances = this.#views.database.rel('instance')
    const viewed = await time(round.viewList, () => instances.where([undefined, smallType]))
    const walked = await time(round.walkList, () => this.#walk.instancesOf(smallType))
    if (viewed.length === smallCount && walked.size === smallCount) return
    throw new Error(`${smallCount} posts are of a type: ${viewed.length} and ${walked.size}`)
  }
}

function createRound(): Round {
  return { add: [], remove: [], viewCheck: [], walkCheck: [], viewList: [], walkList: [] }
}

async function openStore({ size, url }: OpenQuestion): Promise<KvStore> {
  if (url !== undefined) {
    const log = createLog({ app: 'blog', level: 'warn' })
    return new PostgresKvStore({
      database: createDatabase({ url }).database,
      listening: { url, log },
    })
  }
  const store = new MemoryKvStore()
  await loadStore(store, size)
  return store
}

/** Of what is in use. */
function measureBytes(): number {
  if (!globalThis.gc) throw new Error('Node was started without --expose-gc')
  globalThis.gc()
  globalThis.gc()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
