import type { Pairs } from '../graphs.ts'

/** The targets of a node are `targets` from `offsets[node]` to `offsets[node + 1]` (CSR). */
export interface CompressedRows {
  readonly offsets: Int32Array
  readonly targets: Int32Array
  readonly nodes: number
}

export function compressRows(pairs: Pairs): CompressedRows {
  let nodes = 0
  for (const [from, to] of pairs) nodes = Math.max(nodes, from + 1, to + 1)
  const offsets = new Int32Array(nodes + 1)
  for (const [from] of pairs) offsets[from + 1]! += 1
  for (let node = 0; node < nodes; node += 1) offsets[node + 1]! += offsets[node]!
  const next = offsets.slice()
  const targets = new Int32Array(pairs.length)
  for (const [from, to] of pairs) {
    targets[next[from]!] = to
    next[from]! += 1
  }
  return { offsets, targets, nodes }
}
