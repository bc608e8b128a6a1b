import type { Graph } from '../../../services/graph/open-graph.ts'
import { type DrawnArrow, drawTypes } from '../../../services/metamodel/draw-types.ts'
import {
  listMetamodel,
  type RelationDescription,
  type TypeDescription,
} from '../../../services/metamodel/list-metamodel.ts'
import type { TypeKind } from '../../../services/metamodel/type-draft.ts'
import { relationUrl, typeUrl } from '../addresses.ts'

const kindWords: Readonly<Record<TypeKind, string | null>> = {
  plain: null,
  'all-of': 'All of',
  'any-of': 'Any of',
}

/** How many there may be, in words; the usual is not said. */
const cardinalityWords: Readonly<Record<RelationDescription['cardinality'], string | null>> = {
  'many-to-many': null,
  'many-to-one': 'Leads to one',
  'one-to-many': 'Is led to by one',
  'one-to-one': 'One to one',
}

/** All types and relations, drawn and in words. */
export async function describeOverview(graph: Graph): Promise<object> {
  const { types, relations } = await listMetamodel(graph)
  const titles = new Map(types.map(({ slug, title }) => [slug, title]))
  const name = (slugs: readonly string[]) =>
    slugs.map((slug) => titles.get(slug) ?? slug).join(', ')
  return {
    drawing: types.length === 0 ? null : draw(types),
    types: types.map(({ slug, title, supertypes, kind, operands, fields, schema, ...type }) => ({
      title,
      slug,
      url: typeUrl(slug),
      description: type.description,
      isSeed: type.isSeed,
      count: type.instanceCount,
      above: name(supertypes),
      madeOf: kind === 'plain' ? null : `${kindWords[kind]} ${name(operands)}`,
      fields: fields.map(({ label }) => label).join(', '),
      blocks: schema.map(({ block }) => block).join(', '),
    })),
    relations: relations.map(({ slug, title, ...relation }) => ({
      title,
      slug,
      url: relationUrl(slug),
      description: relation.description,
      isSeed: relation.isSeed,
      count: relation.edgeCount,
      otherEnd: relation.isSymmetric ? null : relation.inverseLabel,
      isSymmetric: relation.isSymmetric,
      cardinality: cardinalityWords[relation.cardinality],
      anchors: name(relation.anchors),
    })),
  }
}

function draw(types: readonly TypeDescription[]): string {
  const arrows = types.flatMap(({ slug, supertypes, kind, operands }): DrawnArrow[] => [
    ...supertypes.map((to) => ({ from: slug, to, kind: 'subtype-of' as const })),
    ...(kind === 'plain' ? [] : operands.map((to) => ({ from: slug, to, kind }))),
  ])
  const drawn = types.map(({ slug, title, kind, instanceCount }) => ({
    slug,
    title,
    url: typeUrl(slug),
    instanceCount,
    note: kindWords[kind],
  }))
  return drawTypes(drawn, arrows)
}
