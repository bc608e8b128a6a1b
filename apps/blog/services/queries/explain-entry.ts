import type { Value } from '@rose-ash/datalog'
import type { Graph } from '../graph/open-graph.ts'
import { type Premise, premisesOf, sayFacts } from '../graph/say-facts.ts'
import { proveAnswer } from './evaluate-query.ts'
import type { ReadQuery } from './read-query.ts'

/** Why an object is in a list, one sentence a step; undefined when it is not, or that takes too long. */
export async function explainEntry(
  graph: Graph,
  query: ReadQuery,
  object: string,
): Promise<readonly string[] | undefined> {
  const { database } = graph.views
  const proof = proveAnswer(database, query, object)
  if (!proof) return undefined
  // The list's own proof ends where the site's views begin, and these can say more.
  const premises = premisesOf(proof).flatMap((premise): readonly Premise[] => {
    const { relation, row, isNegated } = premise
    const further = isNegated ? null : database.explain(relation, row as readonly Value[])
    return further ? premisesOf(further) : [premise]
  })
  return sayFacts(graph, premises)
}
