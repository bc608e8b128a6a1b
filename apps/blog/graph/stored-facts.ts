import { outgoing, readOutgoing } from './edges.ts'
import { type Fact, factOf, fieldFactsOf, fieldsPrefix } from './facts.ts'
import type { Key } from './kv/key.ts'
import type { KvEntry, KvReader } from './kv/kv-store.ts'

const pageSize = 10_000

/** All edges and fields of a store as the rules see them, a page at a time. */
export async function* readStoredFacts(store: KvReader): AsyncGenerator<readonly Fact[]> {
  for await (const page of readPages(store, outgoing))
    yield page.map(({ key }) => factOf(readOutgoing(key)))
  for await (const page of readPages(store, fieldsPrefix))
    yield page.flatMap(({ key, value }) => fieldFactsOf(String(key[1]), value))
}

async function* readPages(store: KvReader, prefix: Key): AsyncGenerator<readonly KvEntry[]> {
  let after: Key | undefined
  for (;;) {
    const page = await store.scan(prefix, { limit: pageSize, ...(after ? { after } : {}) })
    if (page.length > 0) yield page
    after = page.at(-1)?.key
    if (page.length < pageSize) return
  }
}
