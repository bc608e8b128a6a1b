import type { Proof } from '@rose-ash/datalog'
import { describeObjects } from './describe-objects.ts'
import type { Graph } from './open-graph.ts'

/** Why an object is of a type, one sentence a step; undefined when it is not. */
export async function explainType(
  graph: Graph,
  object: string,
  type: string,
): Promise<readonly string[] | undefined> {
  const proof = graph.views.database.explain('instance', [object, type])
  if (!proof) return undefined
  const facts = leavesOf(proof)
  const described = await describeObjects(
    graph.database,
    facts.flatMap(({ row }) => row.map(String)),
  )
  const title = (name: unknown) => `“${described.get(String(name))?.title ?? String(name)}”`
  const sentences = facts.flatMap(({ relation, row: [first, second] }) => {
    const [one, other] = [title(first), title(second)]
    switch (relation) {
      case 'is_a':
        return [`${one} is of the type ${other}.`]
      case 'subtype_of':
        return [`${one} is a subtype of ${other}.`]
      case 'disj':
        return [`${other} is enough for ${one}.`]
      case 'conj':
        return [`${one} needs ${other}.`]
      default:
        return []
    }
  })
  return [...new Set(sentences)]
}

interface Leaf {
  readonly relation: string
  readonly row: readonly unknown[]
}

/** The edges that a proof rests on, in its order. */
function leavesOf(proof: Proof): readonly Leaf[] {
  if ('not' in proof || 'aggregate' in proof) return []
  const { children = [], relation, row } = proof
  if (children.length > 0) return children.flatMap(leavesOf)
  return [{ relation, row: Array.isArray(row) ? row : [] }]
}
