interface Frame {
  readonly node: number
  readonly edges: readonly number[]
  next: number
}

/**
 * Tarjan's strongly connected components of the graph of nodes 0 to `nodeCount - 1`, each before those that
 * have an edge to it. Not recursive, so that a chain of any length fits. `edgesOf` is asked once a node.
 * Tarjan, Depth-first search and linear graph algorithms, 1972.
 */
export function stronglyConnected(
  nodeCount: number,
  edgesOf: (node: number) => readonly number[],
): number[][] {
  // 0: not seen.
  const order = new Int32Array(nodeCount)
  const low = new Int32Array(nodeCount)
  const isOpen = new Uint8Array(nodeCount)
  const open: number[] = []
  const components: number[][] = []
  const frames: Frame[] = []
  let seen = 0

  function enter(node: number): void {
    order[node] = low[node] = ++seen
    isOpen[node] = 1
    open.push(node)
    frames.push({ node, edges: edgesOf(node), next: 0 })
  }

  function leave(node: number): void {
    frames.pop()
    const parent = frames.at(-1)?.node
    if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[node]!)
    if (low[node] !== order[node]) return
    const component: number[] = []
    for (let member = -1; member !== node;) {
      member = open.pop()!
      isOpen[member] = 0
      component.push(member)
    }
    components.push(component.toReversed())
  }

  for (let root = 0; root < nodeCount; root++) {
    if (order[root] !== 0) continue
    enter(root)
    for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
      const { node, edges } = frame
      const target = edges[frame.next++]
      if (target === undefined) leave(node)
      else if (order[target] === 0) enter(target)
      else if (isOpen[target]) low[node] = Math.min(low[node]!, order[target]!)
    }
  }
  return components
}
