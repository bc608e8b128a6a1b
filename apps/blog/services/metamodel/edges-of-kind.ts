import type { Edge } from '../../graph/edges.ts'
import { edgeOf, factOf } from '../../graph/facts.ts'
import type { GraphViews } from '../../graph/graph-views.ts'

/** Every edge of a relation, as the views have them. One that holds both ways is there twice. */
export function edgesOfKind({ database }: Pick<GraphViews, 'database'>, kind: string): Edge[] {
  const { relation, row } = factOf({ source: '', kind, target: '' })
  const known = row.map((value) => (value === '' ? undefined : value))
  return database
    .rel(relation)
    .where(known)
    .flatMap((found) => {
      const edge = edgeOf({ relation, row: (found as readonly unknown[]).map(String) })
      return edge ? [edge] : []
    })
}

/** How many there are, without reading them. */
export function countEdgesOfKind(
  { database }: Pick<GraphViews, 'database'>,
  kind: string,
  isSymmetric: boolean,
): number {
  const { relation, row } = factOf({ source: '', kind, target: '' })
  const terms = row.map((value) => (value === '' ? '_' : JSON.stringify(value)))
  return countSeen(database.count(`${relation}(${terms.join()})`), isSymmetric)
}

/** How many edges people see. */
export function countEdges(edges: readonly Edge[], isSymmetric: boolean): number {
  return countSeen(edges.length, isSymmetric)
}

/** One that holds both ways is one for people. */
function countSeen(count: number, isSymmetric: boolean): number {
  return isSymmetric ? Math.ceil(count / 2) : count
}
