import type { Pairs } from '../graphs.ts'
import type { Peer } from '../peer.ts'
import type { Program } from '../programs.ts'
import { compressRows } from './compressed-rows.ts'
import { PairTable } from './pair-table.ts'

/** yard-ta: semi-naive over typed arrays. Rows behind the cursor have been joined, those before it are the delta. */
export function createTypedArray(): Peer {
  return {
    batch: (program) => derive(program).size,
    rows: (program) => {
      const { first, second, size } = derive(program)
      return Array.from({ length: size }, (_, row) => [first[row]!, second[row]!] as const)
    },
  }
}

export function derive({ kind, facts }: Program): PairTable {
  if (kind === 'closure') return closure(facts['edge']!)
  if (kind === 'generation') return sameGeneration(facts['parent']!)
  const sub = closure(facts['sub_of']!)
  return instances(facts['is_a']!, sub)
}

function closure(edges: Pairs): PairTable {
  const { offsets, targets } = compressRows(edges)
  const path = new PairTable()
  for (const [from, to] of edges) path.add(from, to)
  for (let row = 0; row < path.size; row += 1) {
    const from = path.first[row]!
    const middle = path.second[row]!
    const end = offsets[middle + 1]!
    for (let at = offsets[middle]!; at < end; at += 1) path.add(from, targets[at]!)
  }
  return path
}

function sameGeneration(parents: Pairs): PairTable {
  const { offsets, targets, nodes } = compressRows(parents)
  const same = new PairTable()
  const addChildren = (left: number, right: number) => {
    for (let at = offsets[left]!; at < offsets[left + 1]!; at += 1) {
      for (let to = offsets[right]!; to < offsets[right + 1]!; to += 1) {
        same.add(targets[at]!, targets[to]!)
      }
    }
  }
  for (let node = 0; node < nodes; node += 1) addChildren(node, node)
  for (let row = 0; row < same.size; row += 1) addChildren(same.first[row]!, same.second[row]!)
  return same
}

function instances(isA: Pairs, sub: PairTable): PairTable {
  const pairs = Array.from({ length: sub.size }, (_, row) => {
    return [sub.first[row]!, sub.second[row]!] as const
  })
  const { offsets, targets, nodes } = compressRows(pairs)
  const inst = new PairTable()
  for (const [post, type] of isA) {
    inst.add(post, type)
    if (type >= nodes) continue
    for (let at = offsets[type]!; at < offsets[type + 1]!; at += 1) inst.add(post, targets[at]!)
  }
  return inst
}
