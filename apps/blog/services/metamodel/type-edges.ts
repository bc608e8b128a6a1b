import type { Edge } from '../../graph/edges.ts'
import { typeName } from '../graph/names.ts'
import type { Graph } from '../graph/open-graph.ts'
import { seedEdges, seedTypes } from '../graph/seeds.ts'
import { slugsOf, typesBehind } from './list-metamodel.ts'
import { type Problem, problemAt } from './problem.ts'
import type { TypeDraft } from './type-draft.ts'

/** What is to be written of edges, and nothing that is there already. */
export interface TypeChange {
  readonly add: readonly Edge[]
  readonly remove: readonly Edge[]
}

/** All that is a type for posts stands below this one. */
const root = 'type'

/**
 * What makes a type’s edges those of its draft. One that would not stand below “Type” by the types chosen stands right
 * below it, for no post could be given a type that does not.
 */
export function changeOfEdges(graph: Graph, draft: TypeDraft): TypeChange {
  const { slug, kind, operands } = draft
  const isSeed = seedTypes.some((seed) => seed.slug === slug)
  const isBelow = isSeed || reachesRoot(graph, slug, draft.supertypes)
  const supertypes = isBelow ? draft.supertypes : [...draft.supertypes, root]
  const wanted = [
    ...edgesTo(slug, 'subtype-of', supertypes),
    ...(kind === 'all-of' ? edgesTo(slug, 'conj', operands) : []),
    ...(kind === 'any-of' ? edgesTo(slug, 'disj', operands) : []),
  ]
  const name = typeName(slug)
  const known = [
    ...edgesTo(slug, 'subtype-of', typesBehind(graph, 'subtype_of', name)),
    ...edgesTo(slug, 'conj', typesBehind(graph, 'conj', name)),
    ...edgesTo(slug, 'disj', typesBehind(graph, 'disj', name)),
  ]
  return {
    add: wanted.filter((edge) => !known.some((other) => isSameEdge(edge, other))),
    remove: known.filter((edge) => !wanted.some((other) => isSameEdge(edge, other))),
  }
}

/** What is wrong with the types that a type is to stand below and to be made of. */
export function checkTypeEdges(
  draft: TypeDraft,
  titles: ReadonlyMap<string, string>,
): readonly Problem[] {
  const { slug, kind, supertypes, operands } = draft
  const parts = kind === 'plain' ? [] : operands
  const unknown = (place: string, slugs: readonly string[]) =>
    slugs
      .filter((other) => other !== slug && !titles.has(other))
      .map((other) => problemAt(place, `There is no type “${other}”.`))
  const problems = [...unknown('supertypes', supertypes), ...unknown('operands', parts)]
  if (supertypes.includes(slug))
    problems.push(problemAt('supertypes', 'A type cannot stand right above itself.'))
  if (parts.includes(slug)) problems.push(problemAt('operands', 'A type cannot be made of itself.'))
  if (kind !== 'plain' && new Set(operands).size < 2)
    problems.push(problemAt('operands', 'Please choose two types or more that it is made of.'))
  for (const needed of neededAbove(slug))
    if (!supertypes.includes(needed)) {
      const title = titles.get(needed) ?? needed
      problems.push(problemAt('supertypes', `Every site needs this type to be below “${title}”.`))
    }
  return problems
}

export function isSameEdge(one: Edge, other: Edge): boolean {
  return one.source === other.source && one.kind === other.kind && one.target === other.target
}

function neededAbove(slug: string): readonly string[] {
  const name = typeName(slug)
  return slugsOf(
    seedEdges
      .filter(({ source, kind }) => source === name && kind === 'subtype-of')
      .map(({ target }) => target),
  )
}

/** Whether one of these is the root or below it, without going through the type itself. */
function reachesRoot(graph: Graph, slug: string, supertypes: readonly string[]): boolean {
  const seen = new Set([slug])
  const waiting = [...supertypes]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === root) return true
    if (seen.has(next)) continue
    seen.add(next)
    waiting.push(...typesBehind(graph, 'subtype_of', typeName(next)))
  }
  return slug === root
}

function edgesTo(slug: string, kind: string, targets: readonly string[]): Edge[] {
  return [...new Set(targets)].map((target) => ({
    source: typeName(slug),
    kind,
    target: typeName(target),
  }))
}
