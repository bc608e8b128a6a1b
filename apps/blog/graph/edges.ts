import type { Key } from './kv/key.ts'
import type { Cursor, KvOperation, KvReader, KvValue, KvWriter } from './kv/kv-store.ts'

/**
 * One object is related to another. Objects are named by text: `post:<uuid>` for those of this site, an absolute
 * address for those elsewhere. The kind is the slug of a relation, `is-a` or `tagged`.
 */
export interface Edge {
  readonly source: string
  readonly kind: string
  readonly target: string
}

export interface EdgeChange {
  readonly add?: readonly Edge[]
  readonly remove?: readonly Edge[]
}

export interface Edges {
  /** All of the change as one batch, and again with the same result. Returns when in the history it was. */
  change(change: EdgeChange): Promise<Cursor>
  add(edge: Edge): Promise<Cursor>
  remove(edge: Edge): Promise<Cursor>
  /** Takes away every edge that begins or ends at an object, of whatever kind. */
  removeObject(object: string): Promise<Cursor>
  /** What an object is related to, in the order of their names. */
  targets(source: string, kind: string): Promise<readonly string[]>
  /** What is related to an object, all of it or the first so many. */
  sources(target: string, kind: string, limit?: number): Promise<readonly string[]>
  /** Every edge that begins at an object. */
  from(source: string): Promise<readonly Edge[]>
  /** Every edge that ends at an object. */
  to(target: string): Promise<readonly Edge[]>
}

/** All edges by where they begin; their twins, by where they end, are under `in`. */
export const outgoing: Key = ['edge', 'out']
const incoming: Key = ['edge', 'in']

const isThere: KvValue = true

/**
 * Edges as entries of a store, one for each direction, written together: a write takes the same time however
 * many there are, and the neighbours of an object are one scan. `isSymmetric` tells which kinds hold both ways.
 */
export function createEdges(
  store: KvReader & KvWriter,
  isSymmetric: (kind: string) => boolean,
): Edges {
  const withTwin = (edge: Edge) =>
    isSymmetric(edge.kind)
      ? [edge, { source: edge.target, kind: edge.kind, target: edge.source }]
      : [edge]
  const change = ({ add = [], remove = [] }: EdgeChange) =>
    store.write([
      ...remove.flatMap(withTwin).flatMap((edge) => operationsOf('delete', edge)),
      ...add.flatMap(withTwin).flatMap((edge) => operationsOf('put', edge)),
    ])

  return {
    change,
    add: (edge) => change({ add: [edge] }),
    remove: (edge) => change({ remove: [edge] }),
    async removeObject(object) {
      let cursor = 0
      // Another process may add one while these go.
      for (;;) {
        const operations = await removalOf(store, object)
        if (operations.length === 0) return cursor
        cursor = await store.write(operations)
      }
    },
    async targets(source, kind) {
      return (await store.scan([...outgoing, source, kind])).map(({ key }) => String(key.at(-1)))
    },
    async sources(target, kind, limit) {
      const found = await store.scan([...incoming, target, kind], limit ? { limit } : {})
      return found.map(({ key }) => String(key.at(-1)))
    },
    from: (source) => readFrom(store, source),
    to: (target) => readTo(store, target),
  }
}

/** What takes away every edge that begins or ends at an object. */
export async function removalOf(store: KvReader, object: string): Promise<readonly KvOperation[]> {
  const edges = [...(await readFrom(store, object)), ...(await readTo(store, object))]
  return edges.flatMap((edge) => operationsOf('delete', edge))
}

async function readFrom(store: KvReader, source: string): Promise<readonly Edge[]> {
  return (await store.scan([...outgoing, source])).map(({ key }) => readOutgoing(key))
}

async function readTo(store: KvReader, target: string): Promise<readonly Edge[]> {
  return (await store.scan([...incoming, target])).map(({ key }) => readIncoming(key))
}

/** The edge of a key under `outgoing`. */
export function readOutgoing(key: Key): Edge {
  const [source, kind, target] = key.slice(outgoing.length).map(String) as [string, string, string]
  return { source, kind, target }
}

function readIncoming(key: Key): Edge {
  const [target, kind, source] = key.slice(incoming.length).map(String) as [string, string, string]
  return { source, kind, target }
}

function operationsOf(kind: 'put' | 'delete', edge: Edge): KvOperation[] {
  const keys = [
    [...outgoing, edge.source, edge.kind, edge.target],
    [...incoming, edge.target, edge.kind, edge.source],
  ]
  return keys.map((key) => (kind === 'put' ? { kind, key, value: isThere } : { kind, key }))
}
