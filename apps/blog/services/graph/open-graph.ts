import type { Delta } from '@rose-ash/datalog'
import type { DatabaseConnection } from '@rose-ash/shared/infrastructure/database'
import type { Logger } from '@rose-ash/shared/infrastructure/log'
import { createEdges, type Edges } from '../../graph/edges.ts'
import { GraphViews } from '../../graph/graph-views.ts'
import { PostgresKvStore } from '../../graph/kv/postgres-kv-store.ts'
import type { Database } from '../../models/index.ts'
import { Catalog } from './catalog.ts'
import { plantSeeds } from './plant-seeds.ts'

/** The post graph of this process: the same as that of any other on the same database. */
export interface Graph {
  readonly database: Database
  readonly store: PostgresKvStore
  readonly edges: Edges
  readonly views: GraphViews
  readonly catalog: Catalog
}

export interface GraphAccess extends AsyncDisposable {
  /** Loads it at the first call. Rejects while the database cannot be asked; the next call tries again. */
  open(): Promise<Graph>
}

export interface GraphOptions {
  readonly connection: Pick<DatabaseConnection, 'database' | 'url'>
  readonly log: Logger
  /** Called with what has changed of the views, whoever has written. */
  readonly onChange?: (delta: Delta) => void
}

export function createGraphAccess({ connection, log, onChange }: GraphOptions): GraphAccess {
  const { database } = connection
  const store = new PostgresKvStore({ database, listening: { url: connection.url, log } })
  let opening: Promise<Graph> | undefined
  const open = async (): Promise<Graph> => {
    await plantSeeds(database, store)
    const catalog = new Catalog()
    const views = await GraphViews.open({ store, log, companions: [catalog] })
    if (onChange) views.onChange(onChange)
    const edges = createEdges(store, (kind) => catalog.isSymmetric(kind))
    return { database, store, edges, views, catalog }
  }
  return {
    open() {
      opening ??= open().catch((error: unknown) => {
        opening = undefined
        throw error
      })
      return opening
    },
    async [Symbol.asyncDispose]() {
      const graph = await opening?.catch(() => undefined)
      await graph?.views[Symbol.asyncDispose]()
      await store[Symbol.asyncDispose]()
    },
  }
}
