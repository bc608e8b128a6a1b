import type { Value } from '@rose-ash/datalog'
import type { Edge } from './edges.ts'
import type { Key } from './kv/key.ts'
import type { KvValue } from './kv/kv-store.ts'

/** Kinds whose edges are a relation of their own in `views.dl`. */
const relations: ReadonlyMap<string, string> = new Map([
  ['is-a', 'is_a'],
  ['subtype-of', 'subtype_of'],
  ['conj', 'conj'],
  ['disj', 'disj'],
  ['declares', 'declares'],
  ['tagged', 'tagged'],
  ['related', 'related'],
  ['contains', 'contains'],
])

const kinds: ReadonlyMap<string, string> = new Map(
  [...relations].map(([kind, relation]) => [relation, kind]),
)

export const factRelations: readonly string[] = [...kinds.keys(), 'link', 'field']

/** Under which the values of every object's fields are. */
export const fieldsPrefix: Key = ['fields']
/** Longer texts are for readers, and nothing is asked about them. */
const longestValue = 500

export interface Fact {
  readonly relation: string
  readonly row: readonly Value[]
}

export interface EdgeFact extends Fact {
  readonly row: readonly string[]
}

/** An edge as the rules see it. */
export function factOf({ source, kind, target }: Edge): EdgeFact {
  const relation = relations.get(kind)
  return relation
    ? { relation, row: [source, target] }
    : { relation: 'link', row: [source, kind, target] }
}

/** What an object's fields say, as the rules see it: a box that is checked is "yes". */
export function fieldFactsOf(object: string, values: KvValue | undefined): readonly Fact[] {
  return Object.entries(values ?? {}).flatMap(([field, value]: [string, unknown]) => {
    const shown = typeof value === 'boolean' ? (value ? 'yes' : 'no') : value
    const isAsked =
      typeof shown === 'number'
        ? Number.isFinite(shown)
        : typeof shown === 'string' && shown !== '' && shown.length <= longestValue
    return isAsked ? [{ relation: 'field', row: [object, field, shown as Value] }] : []
  })
}

/** The edge that a fact was made of; undefined for what only follows from rules. */
export function edgeOf({ relation, row }: Fact): Edge | undefined {
  const [source = '', second = '', third = ''] = row.map(String)
  if (relation === 'link') return { source, kind: second, target: third }
  const kind = kinds.get(relation)
  return kind === undefined ? undefined : { source, kind, target: second }
}
