import type { Pair } from '../graphs.ts'
import { keyOf } from '../graphs.ts'
import type { Peer, Session } from '../peer.ts'
import type { Program } from '../programs.ts'
import { derive } from './typed-array.ts'

/** yard-recompute: after every write everything is derived again, by yard-ta. */
export function createRecompute(): Peer {
  return { open }
}

function open(program: Program): Session {
  const relations = new Map<string, Map<number, Pair>>()
  for (const [relation, pairs] of Object.entries(program.facts)) {
    relations.set(relation, new Map(pairs.map((pair) => [keyOf(pair), pair])))
  }
  return {
    point: ({ isInsert, relation, row, asked }) => {
      const rows = relations.get(relation)!
      if (isInsert) rows.set(keyOf(row), row)
      else rows.delete(keyOf(row))
      const facts = Object.fromEntries([...relations].map(([name, of]) => [name, [...of.values()]]))
      return derive({ ...program, facts }).has(...asked)
    },
  }
}
