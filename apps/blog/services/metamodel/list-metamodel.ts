import { asc, inArray, sql } from 'drizzle-orm'
import { posts } from '../../models/index.ts'
import type { RelationSpec, TypeSpec } from '../graph/metamodel.ts'
import { parseName, relationName, typeName } from '../graph/names.ts'
import type { Graph } from '../graph/open-graph.ts'
import { seedRelations, seedTypes } from '../graph/seeds.ts'
import { countEdgesOfKind } from './edges-of-kind.ts'
import type { TypeKind } from './type-draft.ts'

export interface TypeDescription extends TypeSpec {
  readonly slug: string
  readonly title: string
  readonly description: string
  /** Slugs of the types right above it. */
  readonly supertypes: readonly string[]
  readonly kind: TypeKind
  readonly operands: readonly string[]
  /** How much is of it now, in whatever way. */
  readonly instanceCount: number
  readonly isSeed: boolean
}

export interface RelationDescription extends RelationSpec {
  readonly slug: string
  readonly title: string
  readonly description: string
  /** Slugs of the types that declare it. */
  readonly anchors: readonly string[]
  readonly edgeCount: number
  readonly isSeed: boolean
}

export interface Metamodel {
  readonly types: readonly TypeDescription[]
  readonly relations: readonly RelationDescription[]
}

interface Row {
  readonly slug: string
  readonly title: string
  readonly description: string
}

/** All types and relations by title, with what is of them now. */
export async function listMetamodel(graph: Graph): Promise<Metamodel> {
  const rows = await graph.database
    .select({
      kind: posts.type,
      slug: posts.slug,
      title: posts.title,
      description: posts.plaintext,
    })
    .from(posts)
    .where(inArray(posts.type, ['type', 'relation']))
    .orderBy(asc(sql`lower(${posts.title})`), asc(posts.slug))
  return {
    types: rows.filter(({ kind }) => kind === 'type').map((row) => describeType(graph, row)),
    relations: rows
      .filter(({ kind }) => kind === 'relation')
      .map((row) => describeRelation(graph, row)),
  }
}

function describeType(graph: Graph, { slug, title, description }: Row): TypeDescription {
  const name = typeName(slug)
  const { database } = graph.views
  const [all, any] = [typesBehind(graph, 'conj', name), typesBehind(graph, 'disj', name)]
  return {
    slug,
    title,
    description,
    supertypes: typesBehind(graph, 'subtype_of', name),
    kind: all.length > 0 ? 'all-of' : any.length > 0 ? 'any-of' : 'plain',
    operands: all.length > 0 ? all : any,
    ...graph.catalog.getType(slug),
    instanceCount: database.count(`instance(_, ${JSON.stringify(name)})`),
    isSeed: seedTypes.some((seed) => seed.slug === slug),
  }
}

function describeRelation(graph: Graph, { slug, title, description }: Row): RelationDescription {
  const spec = graph.catalog.findRelation(slug) ?? plainRelation(title)
  const declared = graph.views.database.rel('declares').where([undefined, relationName(slug)])
  return {
    slug,
    title,
    description,
    ...spec,
    anchors: slugsOf(declared.map(([type]) => String(type))),
    edgeCount: countEdgesOfKind(graph.views, slug, spec.isSymmetric),
    isSeed: seedRelations.some((seed) => seed.slug === slug),
  }
}

/** One that says nothing of itself yet. */
export function plainRelation(label: string): RelationSpec {
  return { label, inverseLabel: label, isSymmetric: false, cardinality: 'many-to-many' }
}

/** The types that edges of one relation lead to. */
export function typesBehind(
  { views }: Pick<Graph, 'views'>,
  relation: 'subtype_of' | 'conj' | 'disj',
  name: string,
): readonly string[] {
  const rows = views.database.rel(relation).where([name])
  return slugsOf(rows.map(([, target]) => String(target)))
}

export function slugsOf(names: readonly string[]): readonly string[] {
  return names
    .flatMap((name) => {
      const parsed = parseName(name)
      return parsed?.kind === 'type' ? [parsed.slug] : []
    })
    .toSorted()
}
