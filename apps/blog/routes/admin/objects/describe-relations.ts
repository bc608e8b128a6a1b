import type { Edge } from '../../../graph/edges.ts'
import { type CandidatePage, findCandidates } from '../../../services/graph/candidates.ts'
import type { ObjectDescription } from '../../../services/graph/describe-objects.ts'
import type { Graph } from '../../../services/graph/open-graph.ts'
import { showObject } from './show-object.ts'

export interface PickerQuestion {
  readonly kind: string
  readonly query: string
  readonly pageNumber: number
}

/** Where relations are looked at, by `kind`, `q` and `page`, and where `relate` and `unrelate` are posted to. */
export interface RelationAddresses {
  readonly shown: string
  readonly changed: string
}

export interface ShownRelations {
  readonly name: string
  /** Names of what each kind leads to. */
  readonly targets: ReadonlyMap<string, readonly string[]>
  /** Of the targets that are here still. */
  readonly described: ReadonlyMap<string, ObjectDescription>
  /** Open when it asks for this kind. */
  readonly picker: PickerQuestion | undefined
  /** Why what was asked with the picker could not be done. */
  readonly error: string | null
  readonly addresses: RelationAddresses
}

const pageSize = 12
/** Types are put together in the metamodel editor, which knows what would follow. */
const structural: readonly string[] = ['subtype-of', 'declares', 'conj', 'disj']
/** First what is used most. */
const usual: readonly string[] = ['is-a', 'tagged', 'related']

/** What the next save of a post would put back, and why. */
const derived: ReadonlyMap<string, string> = new Map([
  ['links-to', 'Follows from the text.'],
  ['written-by', 'Follows from its authors.'],
])

/** The kinds of edges that are made with pickers, in their order. */
export function offeredKinds({ catalog }: Graph): readonly string[] {
  const apart = [...usual, ...structural, ...derived.keys()]
  const others = catalog.relations.filter((kind) => !apart.includes(kind))
  return [...usual.filter((kind) => catalog.findRelation(kind) !== undefined), ...others]
}

/** The same, and those that only follow. */
export function shownKinds(graph: Graph): readonly string[] {
  return [...offeredKinds(graph), ...derived.keys()]
}

/** Why a relation is not changed with a picker; undefined when it is. */
export function whyNotOffered({ catalog }: Graph, kind: string): string | undefined {
  if (structural.includes(kind)) return 'Types are changed under “Types and relations”.'
  const note = derived.get(kind)
  return note === undefined ? undefined : `${catalog.findRelation(kind)?.label ?? kind}: ${note}`
}

export function targetsByKind(outgoing: readonly Edge[]): ReadonlyMap<string, readonly string[]> {
  const targets = new Map<string, string[]>()
  for (const { kind, target } of outgoing) targets.set(kind, [...(targets.get(kind) ?? []), target])
  return targets
}

/** What `partials/relation-editor` shows of relations of an object: those that only follow where there are any. */
export function describeRelations(
  graph: Graph,
  kinds: readonly string[],
  shown: ShownRelations,
): Promise<object[]> {
  const there = kinds.filter((kind) => !derived.has(kind) || shown.targets.has(kind))
  return Promise.all(there.map((kind) => describeRelation(graph, kind, shown)))
}

async function describeRelation(
  graph: Graph,
  kind: string,
  { name, targets, described, picker, error, addresses }: ShownRelations,
): Promise<object> {
  const isOpen = picker?.kind === kind
  const page = isOpen ? await askForCandidates(graph, name, picker) : undefined
  return {
    kind,
    label: graph.catalog.findRelation(kind)?.label ?? kind,
    note: derived.get(kind) ?? null,
    targets: (targets.get(kind) ?? []).map((target) => showObject(described.get(target), target)),
    shownUrl: addresses.shown,
    changedUrl: addresses.changed,
    openUrl: `${addresses.shown}?kind=${kind}#${sectionOf(kind)}`,
    picker: page && picker ? describePicker(addresses.shown, picker, page) : null,
    error: isOpen ? error : null,
  }
}

/** The id of a relation on its page, which is none of a heading in a text. */
export function sectionOf(kind: string): string {
  return `relation-${encodeURIComponent(kind)}`
}

function askForCandidates(
  graph: Graph,
  source: string,
  { kind, query, pageNumber }: PickerQuestion,
): Promise<CandidatePage> {
  return findCandidates(graph, {
    source,
    kind,
    query,
    offset: (pageNumber - 1) * pageSize,
    limit: pageSize,
  })
}

function describePicker(
  address: string,
  { kind, query, pageNumber }: PickerQuestion,
  { candidates, hasMore }: CandidatePage,
) {
  const pageUrl = (number: number) =>
    `${address}?${new URLSearchParams({ kind, q: query, page: String(number) })}#${sectionOf(kind)}`
  return {
    query,
    pageNumber,
    candidates: candidates.map((candidate) => showObject(candidate, candidate.name)),
    isEmpty: candidates.length === 0,
    previousUrl: pageNumber > 1 ? pageUrl(pageNumber - 1) : null,
    nextUrl: hasMore ? pageUrl(pageNumber + 1) : null,
    closeUrl: `${address}#${sectionOf(kind)}`,
  }
}
