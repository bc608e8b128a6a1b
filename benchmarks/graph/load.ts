import { createEdges, type Edge } from '@rose-ash/blog/graph/edges'
import type { KvStore } from '@rose-ash/blog/graph/kv/kv-store'
import { createEdgesOf } from './content.ts'

const batchSize = 5000

/** Through the store, in batches. */
export async function loadStore(store: KvStore, size: number): Promise<void> {
  const edges = createEdges(store, isSymmetric)
  let add: Edge[] = []
  for (const edge of createEdgesOf(size)) {
    add.push(edge)
    if (add.length < batchSize) continue
    await edges.change({ add })
    add = []
  }
  await edges.change({ add })
}

export function isSymmetric(kind: string): boolean {
  return kind === 'related'
}
