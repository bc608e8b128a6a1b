import { Engine } from '../evaluate/engine.ts'
import { parseProgram } from '../language/parser.ts'
import type { Value } from '../language/syntax.ts'

interface Loading {
  readonly rules: string
  readonly facts: Readonly<Record<string, readonly (readonly Value[])[]>>
  readonly goal: string
}

/** How many rows the goal has, found without ranks: what the same costs without support for deletions and proofs. */
export function countUnranked({ rules, facts, goal }: Loading): number {
  const engine = new Engine({ isRanked: false })
  engine.setRules(parseProgram(rules).clauses, [], new Map())
  engine.transact(
    (writer) => {
      for (const [relation, rows] of Object.entries(facts)) writer.insertAll(relation, rows)
    },
    () => undefined,
  )
  return engine.findRelation(goal)?.size ?? 0
}
