import { describeObjects, type ObjectDescription } from './describe-objects.ts'
import { type FieldValue, readFieldValues } from './field-values.ts'
import type { FieldSpec } from './metamodel.ts'
import { typeName } from './names.ts'
import type { Graph } from './open-graph.ts'
import { ownRelationsOf } from './own-relations.ts'
import { fieldsOfTypes, instancesOf, typesOf } from './types-of.ts'

export interface ShownField {
  readonly name: string
  readonly label: string
  readonly value: FieldValue
  /** Where it leads: an address or an object here. */
  readonly url: string | null
  readonly text: string
}

export interface ShownRelation {
  readonly kind: string
  readonly label: string
  readonly isForward: boolean
  readonly objects: readonly ObjectDescription[]
}

/** What the graph knows of a post, as everybody may see it. */
export interface Surroundings {
  readonly types: readonly ObjectDescription[]
  /** Of these the most exact: none of the others is below them. */
  readonly exactTypes: readonly ObjectDescription[]
  readonly fields: readonly ShownField[]
  readonly related: readonly ObjectDescription[]
  /** By the site's own relations, from both ends. */
  readonly relations: readonly ShownRelation[]
}

const mostRelated = 6

/** Nothing is asked of the database for a post that has no type and no neighbours. */
export async function readSurroundings(graph: Graph, object: string): Promise<Surroundings> {
  const slugs = typesOf(graph, object)
  const specs = fieldsOfTypes(graph, slugs)
  const values = specs.length > 0 ? await readFieldValues(graph.store, object) : {}
  const related = relatedTo(graph, object)
  const relations = ownRelationsOf(graph, object)
  const references = specs.flatMap(({ name, valueType }) =>
    valueType === 'Reference' && values[name] ? [String(values[name])] : [],
  )
  const described = await describeObjects(graph.database, [
    ...slugs.map(typeName),
    ...related,
    ...references,
    ...relations.flatMap(({ others }) => others),
  ])
  const visible = (names: readonly string[]) =>
    names.flatMap((name) => {
      const found = described.get(name)
      return found?.isPublic ? [found] : []
    })
  return {
    types: visible(slugs.map(typeName)),
    exactTypes: visible(exactOf(graph, object)),
    fields: specs.flatMap((spec) => showField(spec, values[spec.name], described)),
    related: visible(related).slice(0, mostRelated),
    relations: relations
      .map(({ others, ...relation }) => ({
        ...relation,
        objects: visible(others).toSorted(byTitle),
      }))
      .filter(({ objects }) => objects.length > 0),
  }
}

/** The types that an object was given, but those above another. */
function exactOf({ views: { database } }: Graph, object: string): readonly string[] {
  const given = database
    .rel('is_a')
    .where([object])
    .map(([, type]) => String(type))
    .toSorted()
  const isAbove = (type: string) =>
    given.some((other) => other !== type && database.has('subtype', [other, type]))
  // Types in a circle are above each other.
  const exact = given.filter((type) => !isAbove(type))
  return exact.length > 0 ? exact : given
}

/** What an editor related a post to, and then what shares the most of its tags. */
function relatedTo({ views: { database } }: Graph, object: string): readonly string[] {
  const chosen = database
    .rel('related')
    .where([object])
    .map(([, other]) => String(other))
  const shared = new Map<string, number>()
  for (const [, other] of database.rel('shares_tag').where([object]))
    shared.set(String(other), (shared.get(String(other)) ?? 0) + 1)
  const byTags = [...shared].toSorted(
    ([one, many], [other, more]) => more - many || (one < other ? -1 : 1),
  )
  return [...new Set([...chosen, ...byTags.map(([other]) => other)])].slice(0, mostRelated * 2)
}

export function showField(
  { name, label, valueType }: FieldSpec,
  value: FieldValue | undefined,
  described: ReadonlyMap<string, ObjectDescription>,
): ShownField[] {
  if (value === undefined || value === '') return []
  if (valueType === 'Reference') {
    const target = described.get(String(value))
    return target?.isPublic ? [{ name, label, value, url: target.url, text: target.title }] : []
  }
  if (valueType === 'Bool') return [{ name, label, value, url: null, text: value ? 'Yes' : 'No' }]
  const url = valueType === 'URL' ? String(value) : null
  return [{ name, label, value, url, text: String(value) }]
}

/** All that is of a type and that everybody may see, by title. */
export async function readExtent(
  graph: Graph,
  typeSlug: string,
): Promise<readonly ObjectDescription[]> {
  const described = await describeObjects(graph.database, instancesOf(graph, typeName(typeSlug)))
  return [...described.values()].filter(({ isPublic }) => isPublic).toSorted(byTitle)
}

function byTitle(one: ObjectDescription, other: ObjectDescription): number {
  return one.title.localeCompare(other.title)
}
