import type { Value } from '@rose-ash/datalog'
import fc from 'fast-check'
import { type Edges, type Edge, outgoing, readOutgoing } from './edges.ts'
import type { GraphViews } from './graph-views.ts'
import type { KvEntry, KvReader, KvWriter } from './kv/kv-store.ts'
import { evaluateNaively } from './naive-views.ts'

export type GraphOperation =
  | { readonly kind: 'add'; readonly edge: Edge }
  | { readonly kind: 'remove'; readonly edge: Edge }
  | { readonly kind: 'remove-object'; readonly object: string }
  | { readonly kind: 'fill'; readonly object: string; readonly values: FieldValues | undefined }

/** Of an object; undefined when it has none any more. */
type FieldValues = Readonly<Record<string, string | number | boolean>>

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
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('fill' as const), object, values }) },
  )
}

const value = fc.oneof(fc.constantFrom('', 'short', 'x'.repeat(501)), fc.nat(3), fc.boolean())
const values = fc.option(fc.dictionary(fc.constantFrom('makes', 'takes'), value), {
  nil: undefined,
})

export function perform(
  { edges, store }: { readonly edges: Edges; readonly store: KvWriter },
  operation: GraphOperation,
): Promise<number> {
  if (operation.kind === 'fill') {
    const key = ['fields', operation.object]
    const { values: value } = operation
    return store.write([value ? { kind: 'put', key, value } : { kind: 'delete', key }])
  }
  if (operation.kind === 'remove-object') return edges.removeObject(operation.object)
  return operation.kind === 'add' ? edges.add(operation.edge) : edges.remove(operation.edge)
}

/** What is wrong with views of a store whose last change they have reached; undefined when nothing is. */
export async function findDifference(
  views: GraphViews,
  store: KvReader,
): Promise<string | undefined> {
  const stored = (await store.scan(outgoing)).map(({ key }) => readOutgoing(key))
  const all = { ...evaluateNaively(stored), field: fieldsIn(await store.scan(['fields'])) }
  for (const [relation, expected] of Object.entries(all)) {
    const rows = views.database.rows(relation) as readonly (readonly Value[])[]
    const found = new Set(rows.map((row) => row.join(' ')))
    const missing = [...expected].filter((pair) => !found.has(pair))
    const wrong = [...found].filter((pair) => !expected.has(pair))
    if (missing.length + wrong.length > 0)
      return `${relation}: missing ${missing.join('; ')}, wrong ${wrong.join('; ')}`
  }
  return undefined
}

/** Texts of a sensible length, numbers, and whether boxes are checked. */
function fieldsIn(entries: readonly KvEntry[]): ReadonlySet<string> {
  const found = new Set<string>()
  for (const { key, value } of entries)
    for (const [field, given] of Object.entries(value ?? {})) {
      const text = given === true ? 'yes' : given === false ? 'no' : String(given)
      if (text !== '' && text.length <= 500) found.add([key[1], field, text].join(' '))
    }
  return found
}
