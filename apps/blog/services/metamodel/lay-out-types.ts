import { layerTypes, type Pair } from './layer-types.ts'
import { type OrderedLayers, orderLayers, type Slot } from './order-layers.ts'

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

export interface Line {
  /** From the lower node to the upper one, with both sides of each layer that is crossed. */
  readonly points: readonly Point[]
  /** It leads from the last point to the first: its cycle was broken here. */
  readonly isTurned: boolean
}

export interface TypeLayout {
  readonly width: number
  readonly height: number
  /** By node. */
  readonly boxes: readonly Box[]
  /** By pair. */
  readonly lines: readonly Line[]
}

const boxHeight = 48
const lineHeight = 14
const rowGap = 14
const layerGap = 64
const margin = 12
const settlings = 8

/** Columns from left to right, what is above on the left. A column is as wide as the widest of its nodes. */
export function layOutTypes(widths: readonly number[], pairs: readonly Pair[]): TypeLayout {
  const layered = layerTypes(widths.length, pairs)
  const ordered = orderLayers(layered)
  const middles = settle(ordered)
  const columns = placeColumns(ordered, widths)
  const boxes = widths.map((_, node): Box => {
    const column = columns[ordered.slots[node]?.layer ?? 0] ?? { x: 0, width: 0 }
    return { ...column, y: (middles[node] ?? 0) - boxHeight / 2, height: boxHeight }
  })
  const lines = ordered.lines.map((line, place): Line => {
    const points = line.flatMap((index, step): Point[] => {
      const { x, width } = columns[ordered.slots[index]?.layer ?? 0] ?? { x: 0, width: 0 }
      const y = middles[index] ?? 0
      const right = { x: x + width, y }
      if (step === 0) return [{ x, y }]
      return step === line.length - 1
        ? [right]
        : [
            { x: x + width, y },
            { x, y },
          ]
    })
    return { points, isTurned: layered.pairs[place]?.[0] !== pairs[place]?.[0] }
  })
  const last = columns.at(-1)
  const bottoms = ordered.slots.map((slot, index) => (middles[index] ?? 0) + heightOf(slot) / 2)
  return {
    width: (last ? last.x + last.width : 0) + margin,
    height: Math.max(0, ...bottoms) + margin,
    boxes,
    lines,
  }
}

function placeColumns({ layers, slots }: OrderedLayers, widths: readonly number[]) {
  let x = margin
  return layers.map((layer) => {
    const width = Math.max(0, ...layer.map((index) => widths[slots[index]?.node ?? -1] ?? 0))
    const column = { x, width }
    x += width + layerGap
    return column
  })
}

function heightOf({ node }: Slot): number {
  return node === undefined ? lineHeight : boxHeight
}

/** Where the middle of each slot is: near its neighbours, in the order given, and without touching another. */
function settle({ slots, layers }: OrderedLayers): readonly number[] {
  const middles: number[] = Array.from({ length: slots.length }, () => 0)
  for (const layer of layers) place(layer, { slots, middles, wanted: layer.map(() => 0) })
  for (let turn = 0; turn < settlings; turn += 1)
    for (const layer of turn % 2 === 0 ? layers : layers.toReversed()) {
      const wanted = layer.map((index) => {
        const { before, after } = slots[index] as Slot
        const around = [...before, ...after].map((neighbour) => middles[neighbour] ?? 0)
        return around.length === 0
          ? (middles[index] ?? 0)
          : around.reduce((sum, y) => sum + y, 0) / around.length
      })
      place(layer, { slots, middles, wanted })
    }
  const tops = slots.map((slot, index) => (middles[index] ?? 0) - heightOf(slot) / 2)
  const top = Math.min(...tops, Infinity)
  return middles.map((y) => y - top + margin)
}

/**
 * As near to what is wanted as their order and size allow, by least squares: pool adjacent violators (Ayer and
 * others, 1955) on what is left when the size is taken off.
 */
function place(
  layer: readonly number[],
  { slots, middles, wanted }: { slots: readonly Slot[]; middles: number[]; wanted: number[] },
): void {
  let before = 0
  let offset = 0
  const offsets = layer.map((index, at) => {
    const half = heightOf(slots[index] as Slot) / 2
    offset += at === 0 ? 0 : before + rowGap + half
    before = half
    return offset
  })
  const pools: { sum: number; size: number }[] = []
  for (const [at, y] of wanted.entries()) {
    let pool = { sum: y - (offsets[at] ?? 0), size: 1 }
    for (let last = pools.at(-1); last !== undefined; last = pools.at(-1)) {
      if (last.sum / last.size <= pool.sum / pool.size) break
      pools.pop()
      pool = { sum: last.sum + pool.sum, size: last.size + pool.size }
    }
    pools.push(pool)
  }
  const starts = pools.flatMap(({ sum, size }) => Array.from({ length: size }, () => sum / size))
  for (const [at, index] of layer.entries()) middles[index] = (starts[at] ?? 0) + (offsets[at] ?? 0)
}
