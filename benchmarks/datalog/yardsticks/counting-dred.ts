import type { Pair } from '../graphs.ts'
import type { Peer, Session } from '../peer.ts'
import type { Program } from '../programs.ts'
import type { Update } from '../workloads.ts'
import { Adjacency } from './adjacency.ts'
import { MaintainedClosure } from './maintained-closure.ts'

/** yard-inc: all is materialised; the closure by delete and rederive, instances by counting their derivations. */
export function createCountingDred(): Peer {
  return {
    open: (program) => (program.kind === 'closure' ? openClosure(program) : openBlog(program)),
  }
}

function openClosure({ facts }: Program): Session {
  const closure = new MaintainedClosure(facts['edge']!)
  return {
    point: ({ isInsert, row, asked }) => {
      if (isInsert) closure.insert(...row)
      else closure.retract(...row)
      return closure.path.has(...asked)
    },
  }
}

function openBlog({ facts }: Program): Session {
  const sub = new MaintainedClosure(facts['sub_of']!)
  const isA = new Adjacency()
  const instances = new Map<number, Map<number, number>>()
  const count = (post: number, type: number, by: number) => {
    let posts = instances.get(type)
    if (!posts) instances.set(type, (posts = new Map()))
    const derivations = (posts.get(post) ?? 0) + by
    if (derivations > 0) posts.set(post, derivations)
    else posts.delete(post)
  }
  const writeIsA = (isInsert: boolean, [post, type]: Pair) => {
    if (isInsert) isA.add(post, type)
    else isA.delete(post, type)
    const by = isInsert ? 1 : -1
    count(post, type, by)
    for (const above of sub.path.targets(type)) count(post, above, by)
  }
  const writeSubOf = (isInsert: boolean, row: Pair) => {
    const changed = isInsert ? sub.insert(...row) : sub.retract(...row)
    for (const [below, above] of changed) {
      for (const post of isA.sources(below)) count(post, above, isInsert ? 1 : -1)
    }
  }
  const write = ({ relation, isInsert, row, asked: [post, type] }: Update) => {
    if (relation === 'is_a') writeIsA(isInsert, row)
    else writeSubOf(isInsert, row)
    return instances.get(type)?.has(post) ?? false
  }
  for (const pair of facts['is_a']!) writeIsA(true, pair)
  return {
    point: write,
    view: (update) => {
      write(update)
      return instances.get(update.viewed)?.size ?? 0
    },
  }
}
