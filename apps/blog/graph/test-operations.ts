import type { Value } from '@rose-ash/datalog'
import fc from 'fast-check'
import { type Edges, type Edge, outgoing, readOutgoing } from './edges.ts'
import type { GraphViews } from './graph-views.ts'
import type { KvReader } from './kv/kv-store.ts'
import { evaluateNaively, pairOf } from './naive-views.ts'

export type GraphOperation =
  | { readonly kind: 'add'; readonly edge: Edge }
  | { readonly kind: 'remove'; readonly edge: Edge }
  | { readonly kind: 'remove-object'; readonly object: string }

export const kinds = [
  'is-a',
  'subtype-of',
  'conj',
  'disj',
  'declares',
  'contains',
  'related',
  'cites',
]

export function isSymmetric(kind: string): boolean {
  return kind === 'related'
}

/** Few objects, so that edges meet: types lead to types, and posts are sometimes types too. */
export function graphOperation(objects: readonly string[]): fc.Arbitrary<GraphOperation> {
  const object = fc.constantFrom(...objects)
  const edge = fc.record({ source: object, kind: fc.constantFrom(...kinds), target: object })
  return fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('add' as const), edge }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('remove' as const), edge }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove-object' as const), object }) },
  )
}

export function perform(edges: Edges, operation: GraphOperation): Promise<number> {
  if (operation.kind === 'remove-object') return edges.removeObject(operation.object)
  return operation.kind === 'add' ? edges.add(operation.edge) : edges.remove(operation.edge)
}

/** What is wrong with views of a store whose last change they have reached; undefined when nothing is. */
export async function findDifference(
  views: GraphViews,
  store: KvReader,
): Promise<string | undefined> {
  const stored = (await store.scan(outgoing)).map(({ key }) => readOutgoing(key))
  for (const [relation, expected] of Object.entries(evaluateNaively(stored))) {
    const rows = views.database.rows(relation) as readonly (readonly Value[])[]
    const found = new Set(rows.map(([left, right]) => pairOf(String(left), String(right))))
    const missing = [...expected].filter((pair) => !found.has(pair))
    const wrong = [...found].filter((pair) => !expected.has(pair))
    if (missing.length + wrong.length > 0)
      return `${relation}: missing ${missing.join('; ')}, wrong ${wrong.join('; ')}`
  }
  return undefined
}
