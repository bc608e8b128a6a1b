import { type CandidatePage, findCandidates } from '../../../services/graph/candidates.ts'
import type { ObjectDescription } from '../../../services/graph/describe-objects.ts'
import type { Graph } from '../../../services/graph/open-graph.ts'
import { objectUrl } from '../addresses.ts'
import { showObject } from './show-object.ts'

export interface PickerQuestion {
  readonly kind: string
  readonly query: string
  readonly pageNumber: number
}

export interface ShownRelation {
  readonly name: string
  readonly kind: string
  readonly targets: readonly string[]
  /** Of the targets that are here still. */
  readonly described: ReadonlyMap<string, ObjectDescription>
  /** Open when it asks for this kind. */
  readonly picker: PickerQuestion | undefined
  /** Why what was asked with the picker could not be done. */
  readonly error: string | null
}

const pageSize = 12
/** Types are put together in the metamodel editor, which knows what would follow. */
export const structural: readonly string[] = ['subtype-of', 'declares', 'conj', 'disj']

/** What `partials/relation-editor` shows of a relation of an object. Undefined when there is no such relation. */
export async function describeRelation(
  graph: Graph,
  shown: ShownRelation,
): Promise<object | undefined> {
  const { name, kind, targets, described, picker, error } = shown
  const spec = graph.catalog.findRelation(kind)
  if (!spec) return undefined
  const isOpen = picker?.kind === kind
  const page = isOpen ? await askForCandidates(graph, name, picker) : undefined
  return {
    kind,
    label: spec.label,
    targets: targets.map((target) => showObject(described.get(target), target)),
    openUrl: `${objectUrl(name)}?kind=${kind}#${kind}`,
    picker: page && picker ? describePicker(name, picker, page) : null,
    error: isOpen ? error : null,
  }
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
  name: string,
  { kind, query, pageNumber }: PickerQuestion,
  { candidates, hasMore }: CandidatePage,
) {
  const pageUrl = (number: number) =>
    `${objectUrl(name)}?${new URLSearchParams({ kind, q: query, page: String(number) })}#${kind}`
  return {
    query,
    pageNumber,
    candidates: candidates.map((candidate) => showObject(candidate, candidate.name)),
    isEmpty: candidates.length === 0,
    previousUrl: pageNumber > 1 ? pageUrl(pageNumber - 1) : null,
    nextUrl: hasMore ? pageUrl(pageNumber + 1) : null,
    closeUrl: `${objectUrl(name)}#${kind}`,
  }
}
