import type { Pair, Pairs } from '../graphs.ts'
import type { Peer, Session } from '../peer.ts'
import type { Program } from '../programs.ts'
import type { Update } from '../workloads.ts'
import { Adjacency } from './adjacency.ts'
import { compressRows } from './compressed-rows.ts'

/** yard-bfs: the limit for a closure: no set of pairs, one search a node. Updates search anew for every answer. */
export function createBreadthFirst(): Peer {
  return { batch: countPaths, rows: listPaths, open }
}

function countPaths({ kind, facts }: Program): number {
  if (kind !== 'closure') throw new Error('only closures are searched')
  let count = 0
  search(facts['edge']!, (_, reached) => {
    count += reached.length
  })
  return count
}

function listPaths({ facts }: Program): Pairs {
  const pairs: Pair[] = []
  search(facts['edge']!, (from, reached) => {
    for (const to of reached) pairs.push([from, to])
  })
  return pairs
}

function search(edges: Pairs, onReached: (from: number, reached: Int32Array) => void): void {
  const { offsets, targets, nodes } = compressRows(edges)
  const queue = new Int32Array(nodes)
  const seenBy = new Int32Array(nodes).fill(-1)
  for (let from = 0; from < nodes; from += 1) {
    let size = 0
    for (let done = -1; done < size; done += 1) {
      const node = done < 0 ? from : queue[done]!
      for (let at = offsets[node]!; at < offsets[node + 1]!; at += 1) {
        const to = targets[at]!
        if (seenBy[to] === from) continue
        seenBy[to] = from
        queue[size] = to
        size += 1
      }
    }
    onReached(from, queue.subarray(0, size))
  }
}

function open({ kind, facts }: Program): Session {
  const relations = new Map<string, Adjacency>()
  for (const [relation, pairs] of Object.entries(facts)) {
    relations.set(relation, new Adjacency(pairs))
  }
  const write = ({ isInsert, relation, row }: Update) => {
    if (isInsert) relations.get(relation)!.add(...row)
    else relations.get(relation)!.delete(...row)
  }
  if (kind === 'closure') {
    const edges = relations.get('edge')!
    return {
      point: (update) => {
        write(update)
        return reaches(
          (node) => edges.targets(node),
          edges.targets(update.asked[0]),
          update.asked[1],
        )
      },
    }
  }
  const isA = relations.get('is_a')!
  const subOf = relations.get('sub_of')!
  return {
    point: (update) => {
      write(update)
      return reaches((type) => subOf.targets(type), isA.targets(update.asked[0]), update.asked[1])
    },
    view: (update) => {
      write(update)
      const posts = new Set<number>()
      for (const type of everyReached((sup) => subOf.sources(sup), [update.viewed])) {
        for (const post of isA.sources(type)) posts.add(post)
      }
      return posts.size
    },
  }
}

type Next = (node: number) => Iterable<number>

function reaches(next: Next, starts: Iterable<number>, wanted: number): boolean {
  const seen = new Set(starts)
  for (const node of seen) {
    if (node === wanted) return true
    for (const to of next(node)) seen.add(to)
  }
  return false
}

function everyReached(next: Next, starts: Iterable<number>): ReadonlySet<number> {
  const seen = new Set(starts)
  for (const node of seen) for (const to of next(node)) seen.add(to)
  return seen
}
