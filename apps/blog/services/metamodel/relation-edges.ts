import type { Edge } from '../../graph/edges.ts'
import type { Transaction } from '../../models/index.ts'
import type { RelationSpec } from '../graph/metamodel.ts'
import { relationName, typeName } from '../graph/names.ts'
import type { Graph } from '../graph/open-graph.ts'
import { seedEdges, seedRelations } from '../graph/seeds.ts'
import { countEdges, edgesOfKind } from './edges-of-kind.ts'
import { postsHave, type Problem, problemAt, problemFor } from './problem.ts'
import type { RelationDraft } from './relation-draft.ts'
import { isSameEdge, type TypeChange } from './type-edges.ts'

/** What makes the types that declare a relation those of its draft, and the relation one. */
export function changeOfAnchors({ views }: Graph, { slug, anchors }: RelationDraft): TypeChange {
  const name = relationName(slug)
  const { database } = views
  const anchorEdge = (source: string): Edge => ({ source, kind: 'declares', target: name })
  const wanted = [...new Set(anchors)].map((anchor) => anchorEdge(typeName(anchor)))
  const known = database
    .rel('declares')
    .where([undefined, name])
    .map(([type]) => anchorEdge(String(type)))
  const isRelation: Edge = { source: name, kind: 'is-a', target: typeName('relation') }
  return {
    add: [
      ...(database.has('is_a', [name, isRelation.target]) ? [] : [isRelation]),
      ...wanted.filter((edge) => !known.some((other) => isSameEdge(edge, other))),
    ],
    remove: known.filter((edge) => !wanted.some((other) => isSameEdge(edge, other))),
  }
}

/** What is wrong with the types that are to declare a relation. */
export function checkAnchors(
  { slug, anchors }: RelationDraft,
  titles: ReadonlyMap<string, string>,
): readonly Problem[] {
  const name = relationName(slug)
  const unknown = anchors.filter((anchor) => !titles.has(anchor))
  const needed = seedEdges.filter(
    ({ source, kind, target }) =>
      kind === 'declares' &&
      target === name &&
      !anchors.some((anchor) => typeName(anchor) === source),
  )
  const neededTitles = [...titles].filter(([type]) =>
    needed.some(({ source }) => source === typeName(type)),
  )
  return [
    ...unknown.map((anchor) => problemAt('anchors', `There is no type “${anchor}”.`)),
    ...neededTitles.map(([, title]) =>
      problemAt('anchors', `Every site needs this relation to lead to “${title}”.`),
    ),
  ]
}

export interface RelationEdit {
  readonly graph: Graph
  readonly transaction: Transaction
  readonly slug: string
  readonly known: RelationSpec
  readonly spec: RelationSpec
}

/** What is related in a way that a relation would not allow any more. */
export async function findBrokenEdges(edit: RelationEdit): Promise<readonly Problem[]> {
  const { graph, slug, known, spec } = edit
  const edges = edgesOfKind(graph.views, slug)
  const isToOne = isNewly(edit, (cardinality) => cardinality.endsWith('to-one'))
  const isOneTo = isNewly(edit, (cardinality) => cardinality.startsWith('one-to'))
  const sources = isToOne ? repeated(edges.map(({ source }) => source)) : []
  const targets = isOneTo ? repeated(edges.map(({ target }) => target)) : []
  const problems = []
  if (known.isSymmetric !== spec.isSymmetric) problems.push(...(await describeTurn(edit, edges)))
  if (sources.length > 0) {
    const message = `${postsHave(sources.length)} more than one “${spec.label}” already.`
    problems.push(await problemAtCardinality(edit, message, sources))
  }
  if (targets.length > 0) {
    const message = `${postsHave(targets.length)} more than one “${spec.inverseLabel}” already.`
    problems.push(await problemAtCardinality(edit, message, targets))
  }
  return problems
}

async function describeTurn(
  { transaction, slug, known }: RelationEdit,
  edges: readonly Edge[],
): Promise<Problem[]> {
  const place = 'symmetric'
  const count = countEdges(edges, known.isSymmetric)
  if (count > 0) {
    const pairs = count === 1 ? 'One pair is' : `${count} pairs are`
    const turn = known.isSymmetric ? 'it has to hold both ways' : 'it can hold one way only'
    const message = `${pairs} related by it as it is, so ${turn}. Take them apart first.`
    const names = edges.map(({ source }) => source)
    return [await problemFor(transaction, { place, message }, names)]
  }
  if (!seedRelations.some((seed) => seed.slug === slug)) return []
  return [problemAt(place, 'Every site needs this relation to hold the way it does.')]
}

function problemAtCardinality(
  { transaction }: RelationEdit,
  message: string,
  names: readonly string[],
): Promise<Problem> {
  return problemFor(transaction, { place: 'cardinality', message }, names)
}

function isNewly(
  { known, spec }: RelationEdit,
  asks: (cardinality: RelationSpec['cardinality']) => boolean,
): boolean {
  return asks(spec.cardinality) && !asks(known.cardinality)
}

function repeated(names: readonly string[]): string[] {
  const seen = new Set<string>()
  return [...new Set(names.filter((name) => seen.size === seen.add(name).size))]
}
