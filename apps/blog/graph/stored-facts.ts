import { outgoing, readOutgoing } from './edges.ts'
import { type Fact, factOf } from './facts.ts'
import type { Key } from './kv/key.ts'
import type { KvReader } from './kv/kv-store.ts'

const pageSize = 10_000

/** All edges of a store as the rules see them, a page at a time. */
export async function* readStoredFacts(store: KvReader): AsyncGenerator<readonly Fact[]> {
  let after: Key | undefined
  for (;;) {
    const page = await store.scan(outgoing, { limit: pageSize, ...(after ? { after } : {}) })
    if (page.length > 0) yield page.map(({ key }) => factOf(readOutgoing(key)))
    after = page.at(-1)?.key
    if (page.length < pageSize) return
  }
}
