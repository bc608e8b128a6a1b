import type { Edge } from './edges.ts'

type Pairs = ReadonlySet<string>

/** What `views.dl` says, worked out anew by going round until nothing is new: what the views are tested against. */
export interface NaiveViews {
  readonly subtype: Pairs
  readonly instance: Pairs
  readonly candidate: Pairs
  readonly inside: Pairs
}

export function evaluateNaively(edges: readonly Edge[]): NaiveViews {
  const of = (kind: string) =>
    edges
      .filter((edge) => edge.kind === kind)
      .map(({ source, target }) => [source, target] as const)
  const subtypeOf = of('subtype-of')
  const isA = of('is-a')
  const disj = of('disj')
  const operands = new Map<string, string[]>()
  for (const [type, operand] of of('conj'))
    operands.set(type, [...(operands.get(type) ?? []), operand])

  const objects = [...new Set(edges.flatMap(({ source, target }) => [source, target]))]
  const instance = fixpoint((has, add) => {
    for (const [post, type] of isA) add(post, type)
    for (const object of objects) {
      for (const [sub, type] of subtypeOf) if (has(object, sub)) add(object, type)
      for (const [type, operand] of disj) if (has(object, operand)) add(object, type)
      for (const [type, all] of operands)
        if (all.every((operand) => has(object, operand))) add(object, type)
    }
  })
  const candidate = fixpoint((has, add) => {
    for (const [type, relation] of of('declares')) add(relation, type)
    const relations = new Set(of('declares').map(([, relation]) => relation))
    for (const relation of relations)
      for (const [object, above] of [...isA, ...subtypeOf])
        if (has(relation, above)) add(relation, object)
  })
  return { subtype: closure(subtypeOf), instance, candidate, inside: closure(of('contains')) }
}

function closure(pairs: readonly (readonly [string, string])[]): Pairs {
  return fixpoint((has, add) => {
    for (const [from, to] of pairs) {
      add(from, to)
      for (const [middle] of pairs) if (has(middle, from)) add(middle, to)
    }
  })
}

type Has = (left: string, right: string) => boolean
type Add = (left: string, right: string) => void

function fixpoint(round: (has: Has, add: Add) => void): Pairs {
  const found = new Set<string>()
  for (let size = -1; size !== found.size;) {
    size = found.size
    round(
      (left, right) => found.has(pairOf(left, right)),
      (left, right) => found.add(pairOf(left, right)),
    )
  }
  return found
}

export function pairOf(left: string, right: string): string {
  return `${left} ${right}`
}
