import type { Edge } from './edges.ts'

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

export const factRelations: readonly string[] = [...kinds.keys(), 'link']

export interface Fact {
  readonly relation: string
  readonly row: readonly string[]
}

/** An edge as the rules see it. */
export function factOf({ source, kind, target }: Edge): Fact {
  const relation = relations.get(kind)
  return relation
    ? { relation, row: [source, target] }
    : { relation: 'link', row: [source, kind, target] }
}

/** The edge that a fact was made of; undefined for what only follows from rules. */
export function edgeOf({ relation, row }: Fact): Edge | undefined {
  const [source = '', second = '', third = ''] = row
  if (relation === 'link') return { source, kind: second, target: third }
  const kind = kinds.get(relation)
  return kind === undefined ? undefined : { source, kind, target: second }
}
