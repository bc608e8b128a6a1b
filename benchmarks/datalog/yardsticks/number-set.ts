import type { Pairs } from '../graphs.ts'
import type { Peer } from '../peer.ts'
import type { Program } from '../programs.ts'

const shift = 2 ** 21

/** yard-set: semi-naive over Sets of `first * 2^21 + second`. A Set gives what is added while it is read: the delta. */
export function createNumberSet(): Peer {
  return {
    batch: (program) => derive(program).size,
    rows: (program) =>
      [...derive(program)].map((key) => [Math.floor(key / shift), key % shift] as const),
  }
}

function derive({ kind, facts }: Program): Set<number> {
  if (kind === 'closure') return closure(facts['edge']!)
  if (kind === 'generation') return sameGeneration(facts['parent']!)
  return instances(facts['is_a']!, closure(facts['sub_of']!))
}

function closure(edges: Pairs): Set<number> {
  const targets = group(edges)
  const path = new Set(edges.map(([from, to]) => from * shift + to))
  for (const key of path) {
    const middle = key % shift
    for (const to of targets.get(middle) ?? []) path.add(key - middle + to)
  }
  return path
}

function sameGeneration(parents: Pairs): Set<number> {
  const children = group(parents)
  const same = new Set<number>()
  const addChildren = (left: readonly number[], right: readonly number[]) => {
    for (const first of left) for (const second of right) same.add(first * shift + second)
  }
  for (const siblings of children.values()) addChildren(siblings, siblings)
  for (const key of same) {
    addChildren(children.get(Math.floor(key / shift)) ?? [], children.get(key % shift) ?? [])
  }
  return same
}

function instances(isA: Pairs, sub: ReadonlySet<number>): Set<number> {
  const supers = group([...sub].map((key) => [Math.floor(key / shift), key % shift]))
  const inst = new Set<number>()
  for (const [post, type] of isA) {
    inst.add(post * shift + type)
    for (const above of supers.get(type) ?? []) inst.add(post * shift + above)
  }
  return inst
}

function group(pairs: Pairs): Map<number, number[]> {
  const groups = new Map<number, number[]>()
  for (const [from, to] of pairs) {
    const group = groups.get(from)
    if (group) group.push(to)
    else groups.set(from, [to])
  }
  return groups
}
