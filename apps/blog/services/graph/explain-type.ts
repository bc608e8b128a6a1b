import type { Graph } from './open-graph.ts'
import { premisesOf, sayFacts } from './say-facts.ts'

/** What only helps to work out which operands an intersection has. */
const helpers: ReadonlySet<string> = new Set(['first_operand', 'next_operand', 'last_operand'])

/** Why an object is of a type, one sentence a step; undefined when it is not. */
export async function explainType(
  graph: Graph,
  object: string,
  type: string,
): Promise<readonly string[] | undefined> {
  const proof = graph.views.database.explain('instance', [object, type])
  if (!proof) return undefined
  const premises = premisesOf(proof).filter(({ relation }) => !helpers.has(relation))
  return sayFacts(graph, premises)
}
