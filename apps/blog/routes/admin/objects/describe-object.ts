import { type CandidatePage, findCandidates } from '../../../services/graph/candidates.ts'
import {
  describeObjects,
  kindWords,
  type ObjectDescription,
} from '../../../services/graph/describe-objects.ts'
import { explainType } from '../../../services/graph/explain-type.ts'
import { typeName } from '../../../services/graph/names.ts'
import type { Graph } from '../../../services/graph/open-graph.ts'
import { typesOf } from '../../../services/graph/types-of.ts'
import { editUrlOf, objectUrl } from '../addresses.ts'

export interface PickerQuestion {
  readonly kind: string
  readonly query: string
  readonly pageNumber: number
}

export interface ShownObject {
  readonly picker: PickerQuestion | undefined
  /** Why what was asked could not be done. */
  readonly error: string | null
}

const pageSize = 12
const mostBackLinks = 50
/** First what is used most. */
const usual = ['is-a', 'tagged', 'related']
/** Types are put together in the metamodel editor, which knows what would follow. */
export const structural: readonly string[] = ['subtype-of', 'declares', 'conj', 'disj']

/** All that the admin's page of an object shows: what it is, and what it is related to either way. */
export async function describeObject(
  graph: Graph,
  object: ObjectDescription,
  { picker, error }: ShownObject,
): Promise<object> {
  const { edges, catalog, database } = graph
  const { name } = object
  const [outgoing, incoming] = [await edges.from(name), await edges.to(name)]
  const others = catalog.relations.filter((kind) => ![...usual, ...structural].includes(kind))
  const kinds = [...usual, ...others]
  // A type may have any number of posts: those that are shown are described.
  const backLinks = kinds.flatMap((kind) => {
    const sources = incoming.filter((edge) => edge.kind === kind).map(({ source }) => source)
    const shown = sources.slice(0, mostBackLinks)
    return catalog.isSymmetric(kind) || shown.length === 0
      ? []
      : [{ kind, shown, count: sources.length }]
  })
  const described = await describeObjects(database, [
    ...outgoing.map(({ target }) => target),
    ...backLinks.flatMap(({ shown }) => shown),
  ])
  const relations = []
  for (const kind of kinds) {
    const spec = catalog.findRelation(kind)
    if (!spec) continue
    const isOpen = picker?.kind === kind
    const page = isOpen ? await askForCandidates(graph, name, picker) : undefined
    relations.push({
      kind,
      label: spec.label,
      targets: outgoing
        .filter((edge) => edge.kind === kind)
        .map(({ target }) => showObject(described.get(target), target)),
      openUrl: `${objectUrl(name)}?kind=${kind}#${kind}`,
      picker: page && picker ? describePicker(name, picker, page) : null,
      error: isOpen ? error : null,
    })
  }
  return {
    title: object.title,
    kindWord: kindWords[object.kind],
    address: objectUrl(name),
    publicUrl: object.isPublic ? object.url : null,
    editUrl: editUrlOf(name),
    types: await describeTypes(graph, object),
    relations,
    backLinks: backLinks.map(({ kind, shown, count }) => ({
      label: catalog.findRelation(kind)?.inverseLabel ?? kind,
      count,
      sources: shown.map((source) => showObject(described.get(source), source)),
    })),
  }
}

/** Each type of an object, with the way that leads there. */
async function describeTypes(graph: Graph, { name }: ObjectDescription) {
  const slugs = typesOf(graph, name)
  const described = await describeObjects(graph.database, slugs.map(typeName))
  const types = []
  for (const slug of slugs) {
    const because = (await explainType(graph, name, typeName(slug))) ?? []
    types.push({ ...showObject(described.get(typeName(slug)), typeName(slug)), because })
  }
  return types
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

function showObject(object: ObjectDescription | undefined, name: string) {
  const isHere = object !== undefined && object.kind !== 'elsewhere'
  return {
    name,
    title: object?.title ?? name,
    kindWord: object ? kindWords[object.kind] : 'Gone',
    url: isHere ? objectUrl(name) : name,
    isDraft: object ? !object.isPublic : false,
  }
}
