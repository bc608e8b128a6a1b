import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stronglyConnected } from './strata.ts'

const graphs = fc
  .integer({ min: 1, max: 9 })
  .chain((size) =>
    fc.array(fc.array(fc.nat(size - 1), { maxLength: 4 }), { minLength: size, maxLength: size }),
  )

/** `reach[from][to]`, by trying until nothing changes. */
function closure(edges: readonly (readonly number[])[]): boolean[][] {
  const reach = edges.map((targets, from) =>
    edges.map((_, to) => from === to || targets.includes(to)),
  )
  for (const [middle] of edges.entries()) {
    for (const row of reach) {
      if (row[middle]) for (const [to] of edges.entries()) row[to] ||= reach[middle]![to]!
    }
  }
  return reach
}

test('components are the nodes that reach each other, each after those it has edges to', () => {
  fc.assert(
    fc.property(graphs, (edges) => {
      const components = stronglyConnected(edges.length, (node) => edges[node]!)
      const reach = closure(edges)
      const componentOf = new Map(
        components.flatMap((nodes, at) => nodes.map((node) => [node, at])),
      )
      expect(components.flat().toSorted((one, other) => one - other)).toEqual([...edges.keys()])
      for (const [from, row] of reach.entries()) {
        for (const [to, isReached] of row.entries()) {
          const isSame = isReached && reach[to]![from]!
          expect(componentOf.get(from) === componentOf.get(to)).toBe(isSame)
          if (isReached) expect(componentOf.get(to)).toBeLessThanOrEqual(componentOf.get(from)!)
        }
      }
    }),
  )
})

test('a chain or a cycle of 100,000 nodes does not overflow the stack', () => {
  const size = 100_000
  const chain = stronglyConnected(size, (node) => (node + 1 < size ? [node + 1] : []))
  expect([chain.length, chain[0], chain.at(-1)]).toEqual([size, [size - 1], [0]])
  expect(stronglyConnected(size, (node) => [(node + 1) % size])).toHaveLength(1)
})
