import type { Peer } from '../peer.ts'
import { atomsOf, countOf, countText, pairsOf, rowsText } from './answer-set.ts'
import { run } from './native.ts'

export function createClingo(): Peer {
  return {
    batch: (program) => countOf(solve(countText(program))),
    rows: (program) => pairsOf(solve(rowsText(program))),
  }
}

function solve(text: string): readonly string[] {
  return atomsOf(JSON.parse(run('clingo', ['--outf=2'], text)))
}
