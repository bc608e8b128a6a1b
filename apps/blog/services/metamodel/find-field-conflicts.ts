import type { FieldSpec, TypeSpec } from '../graph/metamodel.ts'
import type { Graph } from '../graph/open-graph.ts'
import { slugsOf } from './list-metamodel.ts'
import type { TypeChange } from './type-edges.ts'

/** Two fields of one name whose values are of different kinds, so that a post could have only one of them. */
export interface FieldConflict {
  readonly name: string
  readonly one: FieldOfType
  readonly other: FieldOfType
}

export interface FieldOfType {
  /** Its slug. */
  readonly type: string
  readonly field: FieldSpec
}

type Supertypes = ReadonlyMap<string, readonly string[]>
type SpecOf = (slug: string) => TypeSpec

/** Conflicts that a change would bring about, in a type with all above it, or in one below with all above that. */
export function findFieldConflicts(
  graph: Graph,
  { slug, spec, change }: { slug: string; spec: TypeSpec; change: TypeChange },
): readonly FieldConflict[] {
  const known = supertypesOf(graph, { add: [], remove: [] })
  const wanted = supertypesOf(graph, change)
  const specOf: SpecOf = (other) => graph.catalog.getType(other)
  const specAfter: SpecOf = (other) => (other === slug ? spec : specOf(other))
  const concerned = [slug, ...[...wanted.keys()].filter((other) => above(wanted, other).has(slug))]
  const before = new Set(conflictsOf(concerned, known, specOf).map(keyOf))
  const after = new Map(
    conflictsOf(concerned, wanted, specAfter).map((conflict) => [keyOf(conflict), conflict]),
  )
  return [...after].flatMap(([key, conflict]) => (before.has(key) ? [] : [conflict]))
}

function conflictsOf(
  types: readonly string[],
  supertypes: Supertypes,
  specOf: SpecOf,
): FieldConflict[] {
  return types.flatMap((type) => {
    const fields = [...new Set([type, ...above(supertypes, type)])]
      .toSorted()
      .flatMap((each) => specOf(each).fields.map((field) => ({ type: each, field })))
    return fields.flatMap((one, place) =>
      fields
        .slice(place + 1)
        .filter(({ field }) => isConflict(one.field, field))
        .map((other) => ({ name: one.field.name, one, other })),
    )
  })
}

function isConflict(one: FieldSpec, other: FieldSpec): boolean {
  return one.name === other.name && one.valueType !== other.valueType
}

function keyOf({ name, one, other }: FieldConflict): string {
  return [name, one.type, one.field.valueType, other.type, other.field.valueType].join(' ')
}

/** Right above each type, once the change is made. */
function supertypesOf({ views }: Graph, { add, remove }: TypeChange): Supertypes {
  const pairOf = (source: string, target: string) => `${source} ${target}`
  const edges = (list: TypeChange['add']) => list.filter(({ kind }) => kind === 'subtype-of')
  const removed = new Set(edges(remove).map(({ source, target }) => pairOf(source, target)))
  const pairs = [
    ...views.database
      .rows('subtype_of')
      .map(([type, other]): [string, string] => [String(type), String(other)])
      .filter(([type, other]) => !removed.has(pairOf(type, other))),
    ...edges(add).map(({ source, target }): [string, string] => [source, target]),
  ]
  const byName = Map.groupBy(pairs, ([type]) => type)
  return new Map(
    [...byName].flatMap(([name, found]) =>
      slugsOf([name]).map((slug) => [slug, slugsOf(found.map(([, other]) => other))]),
    ),
  )
}

function above(supertypes: Supertypes, slug: string): Set<string> {
  const found = new Set<string>()
  const waiting = [...(supertypes.get(slug) ?? [])]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next)) continue
    found.add(next)
    waiting.push(...(supertypes.get(next) ?? []))
  }
  return found
}
