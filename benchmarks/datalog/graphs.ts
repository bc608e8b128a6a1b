import type { Random } from './random.ts'

export type Pair = readonly [number, number]
export type Pairs = readonly Pair[]

export function chain(nodes: number): Pairs {
  return Array.from({ length: nodes - 1 }, (_, node) => [node, node + 1] as const)
}

/** Right and down. */
export function grid(side: number): Pairs {
  const edges: Pair[] = []
  for (let node = 0; node < side * side; node += 1) {
    if (node % side < side - 1) edges.push([node, node + 1])
    if (node + side < side * side) edges.push([node, node + side])
  }
  return edges
}

/** Parent and child in a full binary tree: the same generation is 4 + 16 + ... + 4^depth pairs. */
export function binaryTree(depth: number): Pairs {
  const nodes = 2 ** (depth + 1) - 1
  return Array.from({ length: nodes - 1 }, (_, index) => [index >> 1, index + 1] as const)
}

export interface Size {
  readonly nodes: number
  readonly edges: number
}

export function randomGraph(random: Random, { nodes, edges }: Size): Pairs {
  return distinct(edges, () => {
    const from = random.below(nodes)
    const to = random.below(nodes)
    return from === to ? undefined : [from, to]
  })
}

/** Every edge goes to a larger number. */
export function acyclicGraph(random: Random, { nodes, edges }: Size): Pairs {
  return distinct(edges, () => {
    const from = random.below(nodes)
    const to = random.below(nodes)
    return from < to ? [from, to] : undefined
  })
}

export function distinct(count: number, draw: () => Pair | undefined): Pairs {
  const found = new Map<number, Pair>()
  while (found.size < count) {
    const pair = draw()
    if (pair) found.set(keyOf(pair), pair)
  }
  return [...found.values()]
}

export function keyOf([first, second]: Pair): number {
  return first * 2 ** 21 + second
}
