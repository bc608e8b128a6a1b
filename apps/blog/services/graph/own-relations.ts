import { impliedKinds } from './implied-edges.ts'
import type { Graph } from './open-graph.ts'

/** What an object is related to by one relation, looked at from one end. */
export interface OwnRelation {
  readonly kind: string
  /** As the relation is called from this end. */
  readonly label: string
  readonly isForward: boolean
  /** Names of objects, as many as a page may show. */
  readonly others: readonly string[]
}

const most = 24
/** Shown in ways of their own, or what types are made of. */
const shownElsewhere: readonly string[] = [
  ...impliedKinds,
  'is-a',
  'related',
  'subtype-of',
  'declares',
  'conj',
  'disj',
]

/** The relations of an object that editors have thought of, from both ends, by the names of the relations. */
export function ownRelationsOf(graph: Graph, object: string): readonly OwnRelation[] {
  const { catalog } = graph
  return catalog.relations
    .filter((kind) => !shownElsewhere.includes(kind))
    .flatMap((kind) => {
      const spec = catalog.findRelation(kind)
      if (!spec) return []
      const [to, from] = [namesOf(graph, [object, kind]), namesOf(graph, [undefined, kind, object])]
      return [
        { kind, label: spec.label, isForward: true, others: to },
        // The twin of an edge that holds both ways is among the others.
        { kind, label: spec.inverseLabel, isForward: false, others: spec.isSymmetric ? [] : from },
      ].filter(({ others: found }) => found.length > 0)
    })
}

/** Of a source or a target, by a kind: the other ends. */
function namesOf(
  { views: { database } }: Graph,
  [source, kind, target]: readonly [string | undefined, string, string?],
): readonly string[] {
  const rows: readonly (readonly unknown[])[] =
    kind === 'contains'
      ? database.rel('contains').where([source, target])
      : database.rel('link').where([source, kind, target])
  return rows.slice(0, most).map((row) => String(source === undefined ? row[0] : row.at(-1)))
}
