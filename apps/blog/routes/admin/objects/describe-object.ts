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
import {
  describeRelations,
  shownKinds,
  type PickerQuestion,
  targetsByKind,
} from './describe-relations.ts'
import { showObject } from './show-object.ts'

export interface ShownObject {
  readonly picker: PickerQuestion | undefined
  /** Why what was asked could not be done. */
  readonly error: string | null
}

const mostBackLinks = 50
const mostCounted = 1000

/** All that the admin's page of an object shows: what it is, and what it is related to either way. */
export async function describeObject(
  graph: Graph,
  object: ObjectDescription,
  { picker, error }: ShownObject,
): Promise<object> {
  const { edges, catalog, database } = graph
  const { name } = object
  const kinds = shownKinds(graph)
  const [outgoing, backLinks] = await Promise.all([
    edges.from(name),
    readBackLinks(graph, name, kinds),
  ])
  const described = await describeObjects(database, [
    ...outgoing.map(({ target }) => target),
    ...backLinks.flatMap(({ shown }) => shown),
  ])
  const targets = targetsByKind(outgoing)
  const address = objectUrl(name)
  const addresses = { shown: address, changed: address }
  const shown = { name, targets, described, picker, error, addresses }
  return {
    title: object.title,
    kindWord: kindWords[object.kind],
    publicUrl: object.isPublic ? object.url : null,
    editUrl: editUrlOf(name),
    types: await describeTypes(graph, object),
    relations: await describeRelations(graph, kinds, shown),
    backLinks: backLinks.map(({ kind, shown, count }) => ({
      label: catalog.findRelation(kind)?.inverseLabel ?? kind,
      count,
      sources: shown.map((source) => showObject(described.get(source), source)),
    })),
  }
}

interface BackLinks {
  readonly kind: string
  readonly shown: readonly string[]
  /** `7`, and `1,000+` for any more than a thousand. */
  readonly count: string
}

/** A type may have any number of posts: so many are read as are shown and counted. */
async function readBackLinks(
  { edges, catalog }: Graph,
  name: string,
  kinds: readonly string[],
): Promise<readonly BackLinks[]> {
  const directed = kinds.filter((kind) => !catalog.isSymmetric(kind))
  const links = await Promise.all(
    directed.map(async (kind) => {
      const sources = await edges.sources(name, kind, mostCounted + 1)
      const count = sources.length > mostCounted ? '1,000+' : sources.length.toLocaleString('en-GB')
      return { kind, shown: sources.slice(0, mostBackLinks), count }
    }),
  )
  return links.filter(({ shown }) => shown.length > 0)
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
