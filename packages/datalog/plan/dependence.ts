import { groupBy } from '../group-by.ts'
import type { Clause, Literal } from '../language/syntax.ts'

/** Relations that a body reads, those between an aggregate's braces included. */
export function relationsOf(body: readonly Literal[]): string[] {
  return [...aritiesOf(body).keys()]
}

/** The same, with how many columns they have. */
export function aritiesOf(body: readonly Literal[]): Map<string, number> {
  const arities = new Map<string, number>()
  for (const literal of body) {
    const inner = literal.kind === 'aggregate' ? literal.body : [literal]
    for (const each of inner)
      if (each.kind !== 'comparison') arities.set(each.atom.relation, each.atom.terms.length)
  }
  return arities
}

/** Whether one relation depends on another through these rules; each relation is followed once. */
export function createDependence(
  clauses: readonly Clause[],
): (relation: string, on: string) => boolean {
  const direct = groupBy(clauses, ({ head }) => head.relation)
  const reached = new Map<string, ReadonlySet<string>>()
  const follow = (relation: string) => {
    const found = new Set<string>()
    const open = [relation]
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (found.has(name)) continue
      found.add(name)
      for (const { body } of direct.get(name) ?? []) open.push(...relationsOf(body))
    }
    return found
  }
  return (relation, on) => {
    let found = reached.get(relation)
    if (!found) reached.set(relation, (found = follow(relation)))
    return found.has(on)
  }
}
