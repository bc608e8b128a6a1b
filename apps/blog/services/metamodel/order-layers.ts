import type { Layers, Pair } from './layer-types.ts'

/** A node, or a place where a line crosses a layer between its ends. */
export interface Slot {
  readonly layer: number
  /** Undefined for a line. */
  readonly node: number | undefined
  /** Indexes of slots in the layer before and the one after. */
  readonly before: number[]
  readonly after: number[]
}

export interface OrderedLayers {
  readonly slots: readonly Slot[]
  /** Indexes of slots, in their order, by layer. */
  readonly layers: readonly (readonly number[])[]
  /** The slots that each pair goes through, from the lower one to the upper one. */
  readonly lines: readonly (readonly number[])[]
}

const rounds = 12

/** Orders each layer by the middle of its neighbours, to and fro, so that few lines cross. */
export function orderLayers({ layerOf, pairs }: Layers): OrderedLayers {
  const slots: Slot[] = layerOf.map((layer, node) => ({ layer, node, before: [], after: [] }))
  const lines = pairs.map((pair) => addLine(slots, pair))
  const height = Math.max(0, ...slots.map(({ layer }) => layer + 1))
  const layers = Array.from({ length: height }, (_, layer) =>
    slots.flatMap((slot, index) => (slot.layer === layer ? [index] : [])),
  )
  const places = new Map<number, number>()
  const remember = (layer: readonly number[]) => {
    for (const [place, index] of layer.entries()) places.set(index, place)
  }
  layers.forEach(remember)
  for (let round = 0; round < rounds; round += 1) {
    const side = round % 2 === 0 ? 'before' : 'after'
    for (const layer of side === 'before' ? layers : layers.toReversed()) {
      const middles = new Map(
        layer.map((index) => [index, middle(slots[index]?.[side] ?? [], places, index)]),
      )
      layer.sort((one, other) => (middles.get(one) ?? 0) - (middles.get(other) ?? 0))
      remember(layer)
    }
  }
  return { slots, layers, lines }
}

/** With a slot in every layer between. */
function addLine(slots: Slot[], [lower, upper]: Pair): number[] {
  const [from, to] = [slots[lower]?.layer ?? 0, slots[upper]?.layer ?? 0]
  const line = [lower]
  for (let layer = from - 1; layer > to; layer -= 1)
    line.push(slots.push({ layer, node: undefined, before: [], after: [] }) - 1)
  line.push(upper)
  for (const [place, index] of line.slice(0, -1).entries()) {
    const next = line[place + 1] as number
    slots[index]?.before.push(next)
    slots[next]?.after.push(index)
  }
  return line
}

/** What has no neighbours there stays where it is. */
function middle(
  neighbours: readonly number[],
  places: ReadonlyMap<number, number>,
  index: number,
): number {
  if (neighbours.length === 0) return places.get(index) ?? 0
  const sum = neighbours.reduce((total, neighbour) => total + (places.get(neighbour) ?? 0), 0)
  return sum / neighbours.length
}
