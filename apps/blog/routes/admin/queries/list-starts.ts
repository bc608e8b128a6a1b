import { describeObjects } from '../../../services/graph/describe-objects.ts'
import { parseName, typeName } from '../../../services/graph/names.ts'
import type { Graph } from '../../../services/graph/open-graph.ts'
import { instancesOf } from '../../../services/graph/types-of.ts'
import { emptyValues, type QueryValues } from './query-form.ts'

/** A list that can be saved as it is: all that is of a type, or has a tag. */
export interface ListStart {
  readonly title: string
  readonly url: string
}

const most = 60
/** Nobody wants a list of these. */
const ofTheSite: readonly string[] = ['type', 'relation', 'tag']

/** By title. */
export async function describeStarts(graph: Graph): Promise<readonly ListStart[]> {
  const types = graph.catalog.types.filter((slug) => !ofTheSite.includes(slug)).map(typeName)
  const tags = instancesOf(graph, typeName('tag'))
  const described = await describeObjects(graph.database, [...types, ...tags].slice(0, most))
  return [...described.values()]
    .toSorted((one, other) => one.title.localeCompare(other.title))
    .map(({ name, title }) => ({
      title,
      url: `/admin/queries/new?${new URLSearchParams({ of: name })}`,
    }))
}

/** What the form of a new list says at first, when it is to be of this object. */
export async function startValues(graph: Graph, of: string | undefined): Promise<QueryValues> {
  const kind = of === undefined ? undefined : parseName(of)?.kind
  if (of === undefined || (kind !== 'type' && kind !== 'tag')) return emptyValues
  const object = (await describeObjects(graph.database, [of])).get(of)
  if (!object) return emptyValues
  const text = kind === 'tag' ? `?- tagged(P, "${of}").` : `?- instance(P, "${of}").`
  return { ...emptyValues, title: object.title, text }
}
