import type { Edge } from '@rose-ash/blog/graph/edges'
import { time } from '../clock.ts'
import { createEdgesOf, createWrites } from '../content.ts'
import type { BareRound } from '../protocol.ts'

/** By where edges begin or end, and then by their kind. */
type Ends = Map<string, Map<string, Set<string>>>

const warmUpOperations = 20_000

/**
 * The least that anything in memory does for an edge: its ends in JavaScript's own maps and sets, in no order and
 * with no views. What it takes longer with more edges is the processor's memory, not the design.
 */
export async function measureMaps(size: number, operations: number): Promise<BareRound> {
  const [outgoing, incoming]: [Ends, Ends] = [new Map(), new Map()]
  const add = ({ source, kind, target }: Edge) => {
    put(outgoing, [source, kind, target])
    put(incoming, [target, kind, source])
  }
  const remove = ({ source, kind, target }: Edge) => {
    outgoing.get(source)?.get(kind)?.delete(target)
    incoming.get(target)?.get(kind)?.delete(source)
  }
  for (const edge of createEdgesOf(size)) add(edge)
  const write = createWrites(size)
  const unseen: BareRound = { add: [], remove: [] }
  const round: BareRound = { add: [], remove: [] }
  for (let number = 0; number < warmUpOperations + operations; number += 1) {
    const { edge } = write(number)
    const series = number < warmUpOperations ? unseen : round
    await time(series.add, () => add(edge))
    await time(series.remove, () => remove(edge))
  }
  return round
}

function put(ends: Ends, [one, kind, other]: readonly [string, string, string]): void {
  let kinds = ends.get(one)
  if (!kinds) ends.set(one, (kinds = new Map()))
  const others = kinds.get(kind)
  if (others) others.add(other)
  else kinds.set(kind, new Set([other]))
}
