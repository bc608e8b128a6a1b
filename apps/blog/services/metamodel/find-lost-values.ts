import type { KvReader } from '../../graph/kv/kv-store.ts'
import { type FieldValue, type FieldValues, readFields } from '../graph/field-values.ts'
import type { FieldSpec } from '../graph/metamodel.ts'
import type { Graph } from '../graph/open-graph.ts'

/** The fields of an object as they are and as they would be. */
export interface FieldChange {
  readonly before: readonly FieldSpec[]
  readonly after: readonly FieldSpec[]
}

export interface LostValues {
  readonly label: string
  readonly name: string
  /** Of those whose value would not be read any more. */
  readonly objects: readonly string[]
}

const pageSize = 1000

/** Values that are there and that nobody would read any more, by the field that they are of. */
export async function findLostValues(
  graph: Graph,
  inside: KvReader,
  changes: ReadonlyMap<string, FieldChange>,
): Promise<readonly LostValues[]> {
  const lost = new Map<string, LostValues & { objects: string[] }>()
  if (changes.size === 0) return []
  for await (const [object, values] of storedValues(inside)) {
    const change = changes.get(object)
    if (!change) continue
    for (const field of change.before) {
      const { name, label } = field
      const after = change.after.find((other) => other.name === name)
      if (isKept(graph, values[name], { field, after })) continue
      const found = lost.get(name) ?? { name, label, objects: [] }
      found.objects.push(object)
      lost.set(name, found)
    }
  }
  return [...lost.values()]
}

function isKept(
  graph: Graph,
  value: FieldValue | undefined,
  { field, after }: { readonly field: FieldSpec; readonly after: FieldSpec | undefined },
): boolean {
  if (value === undefined || value === '') return true
  // A box is stored with every post: one without a tick is no loss.
  if (!after) return value === false
  if (after.valueType === field.valueType && after.target === field.target) return true
  if (typeof value !== storedAs(after)) return false
  if (after.valueType === 'Bool') return true
  const form = { [`field-${after.name}`]: String(value) }
  return readFields(graph, [after], form).problems.length === 0
}

function storedAs({ valueType }: FieldSpec): 'number' | 'boolean' | 'string' {
  if (valueType === 'Int') return 'number'
  return valueType === 'Bool' ? 'boolean' : 'string'
}

/** All of them, a page at a time, which takes less than to ask for each. */
async function* storedValues(inside: KvReader): AsyncGenerator<readonly [string, FieldValues]> {
  let after: readonly (string | number)[] | undefined
  for (;;) {
    const page = await inside.scan(['fields'], { limit: pageSize, ...(after ? { after } : {}) })
    for (const { key, value } of page) yield [String(key.at(-1)), value as FieldValues]
    after = page.at(-1)?.key
    if (page.length < pageSize) return
  }
}
