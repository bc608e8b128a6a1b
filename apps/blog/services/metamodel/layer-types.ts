/** Indexes of nodes, from one that stands below to one above it. */
export type Pair = readonly [lower: number, upper: number]

export interface Layers {
  /** By node; the topmost are in 0. */
  readonly layerOf: readonly number[]
  /** The pairs, those turned round that would close a cycle. */
  readonly pairs: readonly Pair[]
}

/** Each node in the layer after the last of those above it, so that no pair stays within one layer. */
export function layerTypes(count: number, pairs: readonly Pair[]): Layers {
  const acyclic = turnRound(count, pairs)
  const uppers = Array.from({ length: count }, () => [] as number[])
  const lowers = Array.from({ length: count }, () => [] as number[])
  for (const [lower, upper] of acyclic) {
    uppers[lower]?.push(upper)
    lowers[upper]?.push(lower)
  }
  const layerOf = Array.from({ length: count }, () => 0)
  const missing = uppers.map(({ length }) => length)
  const ready = missing.flatMap((waits, node) => (waits === 0 ? [node] : []))
  for (let upper = ready.shift(); upper !== undefined; upper = ready.shift())
    for (const lower of lowers[upper] ?? []) {
      layerOf[lower] = Math.max(layerOf[lower] ?? 0, (layerOf[upper] ?? 0) + 1)
      missing[lower] = (missing[lower] ?? 0) - 1
      if (missing[lower] === 0) ready.push(lower)
    }
  return { layerOf, pairs: acyclic }
}

/** What leads back to where a walk up came from is turned round. */
function turnRound(count: number, pairs: readonly Pair[]): Pair[] {
  const byLower = Map.groupBy(
    pairs.map((pair, place) => ({ pair, place })),
    ({ pair: [lower] }) => lower,
  )
  const turned = new Set<number>()
  const state = Array.from({ length: count }, (): 'new' | 'open' | 'done' => 'new')
  for (let start = 0; start < count; start += 1) {
    if (state[start] !== 'new') continue
    state[start] = 'open'
    const path = [{ node: start, left: [...(byLower.get(start) ?? [])] }]
    for (let here = path.at(-1); here !== undefined; here = path.at(-1)) {
      const next = here.left.pop()
      if (next === undefined) {
        state[here.node] = 'done'
        path.pop()
        continue
      }
      const [, upper] = next.pair
      if (state[upper] === 'open') turned.add(next.place)
      if (state[upper] !== 'new') continue
      state[upper] = 'open'
      path.push({ node: upper, left: [...(byLower.get(upper) ?? [])] })
    }
  }
  return pairs.map(([lower, upper], place) => (turned.has(place) ? [upper, lower] : [lower, upper]))
}
