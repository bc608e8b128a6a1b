import type { Database, Value } from '@rose-ash/datalog'
import { type Fact, fieldFactsOf, fieldsPrefix } from './facts.ts'
import { beginsWith } from './kv/key.ts'
import type { KvChange } from './kv/kv-store.ts'

interface FieldChanges {
  /** Rows that the objects whose fields have changed had. */
  readonly before: readonly (readonly Value[])[]
  readonly after: readonly Fact[]
}

const nothing: FieldChanges = { before: [], after: [] }

/** An entry has all fields of an object: what they are now is what its last change says. */
export function changedFields(database: Database, changes: readonly KvChange[]): FieldChanges {
  const last = new Map<string, KvChange>()
  for (const change of changes)
    if (beginsWith(change.key, fieldsPrefix)) last.set(String(change.key[1]), change)
  // Most writes are edges alone.
  if (last.size === 0) return nothing
  const reader = database.rel('field')
  return {
    before: [...last.keys()].flatMap((object) => reader.where([object]) as (readonly Value[])[]),
    after: [...last].flatMap(([object, { value }]) => fieldFactsOf(object, value)),
  }
}
