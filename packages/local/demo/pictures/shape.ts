import type { Tone } from './ink.ts'

/** One cut shape. Later shapes cover earlier ones, unless they overprint. */
export interface Shape {
  /** SVG path data. */
  readonly path: string
  readonly tone: Tone
  /** Drawn as a line of this width instead of an area. */
  readonly strokeWidth?: number
  /** Lies over what is below without covering it, so that the inks mix. */
  readonly overprint?: boolean
  /** The ink thins out along a line. */
  readonly fade?: Fade
  /** What the shape lies within, outermost first. */
  readonly within?: readonly Wrapper[]
}

/** Moves everything inside it, or prints only what falls within a path. */
export type Wrapper = { readonly transform: string } | { readonly clip: string }

/** Share of the tone at two points; in between it changes evenly. */
export interface Fade {
  readonly from: Point
  readonly to: Point
  readonly fromShare: number
  readonly toShare: number
}

export type Point = readonly [x: number, y: number]

/** Points written as `x,y x,y …`. */
export function points(text: string): Point[] {
  return text.split(' ').map((point) => {
    const [x = '0', y = '0'] = point.split(',')
    return [Number(x), Number(y)]
  })
}

export interface Placement {
  readonly x: number
  readonly y: number
  readonly scale?: number
  /** Negative to mirror. Defaults to `scale`. */
  readonly scaleX?: number
  readonly degrees?: number
}

/** Moves shapes drawn about the origin to their place. */
export function place(shapes: readonly Shape[], placement: Placement): Shape[] {
  const { x, y, scale = 1, scaleX = scale, degrees = 0 } = placement
  const outer = `translate(${round(x)} ${round(y)}) rotate(${round(degrees)}) scale(${round(scaleX)} ${round(scale)})`
  return wrap({ transform: outer }, shapes)
}

/** Prints of the shapes only what falls within the path. */
export function clipped(clip: string, shapes: readonly Shape[]): Shape[] {
  return wrap({ clip }, shapes)
}

function wrap(wrapper: Wrapper, shapes: readonly Shape[]): Shape[] {
  return shapes.map((shape) => ({ ...shape, within: [wrapper, ...(shape.within ?? [])] }))
}

export function polygon(points: readonly Point[]): string {
  return `M${points.map(pair).join('L')}Z`
}

export function polyline(points: readonly Point[]): string {
  return `M${points.map(pair).join('L')}`
}

/** Left, top, width, height. */
export type Box = readonly [x: number, y: number, width: number, height: number]

export function rectangle(...[x, y, width, height]: Box): string {
  return polygon([
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ])
}

/** Middle and radii; a circle where there is only one. */
export type Oval = readonly [x: number, y: number, radiusX: number, radiusY?: number]

export function ellipse(...[x, y, radiusX, radiusY = radiusX]: Oval): string {
  const right = pair([x + radiusX, y])
  const left = pair([x - radiusX, y])
  const radii = pair([radiusX, radiusY])
  return `M${right}A${radii} 0 1 1 ${left}A${radii} 0 1 1 ${right}Z`
}

/** A curve through all the points (Catmull-Rom as Bézier). */
export function smooth(points: readonly Point[], closed = false): string {
  const count = points.length
  const at = (index: number): Point => {
    const wrapped = closed ? (index + count) % count : Math.min(Math.max(index, 0), count - 1)
    return points[wrapped] ?? [0, 0]
  }
  const segments = closed ? count : count - 1
  let path = `M${pair(at(0))}`
  for (let index = 0; index < segments; index += 1) {
    const [before, start, end, after] = [at(index - 1), at(index), at(index + 1), at(index + 2)]
    const first: Point = [start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6]
    const second: Point = [end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6]
    path += `C${pair(first)} ${pair(second)} ${pair(end)}`
  }
  return closed ? `${path}Z` : path
}

/** Two ends, half the width in the middle, and how far it bends to the side. */
export type GougeMark = readonly [from: Point, to: Point, width: number, bend?: number]

/** A mark of the gouge: a lens from one point to the other. */
export function gouge(...[from, to, width, bend = 0]: GougeMark): string {
  const [deltaX, deltaY] = [to[0] - from[0], to[1] - from[1]]
  const length = Math.hypot(deltaX, deltaY) || 1
  const side = (offset: number): Point => [
    (from[0] + to[0]) / 2 - (deltaY / length) * offset,
    (from[1] + to[1]) / 2 + (deltaX / length) * offset,
  ]
  return `M${pair(from)}Q${pair(side(bend + width))} ${pair(to)}Q${pair(side(bend - width))} ${pair(from)}Z`
}

export function pair(point: Point): string {
  return `${round(point[0])} ${round(point[1])}`
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

/** A box and the radius of its corners. */
export type RoundedBox = readonly [...box: Box, radius: number]

export function roundedBox(...[x, y, width, height, radius]: RoundedBox): string {
  const [right, bottom] = [x + width, y + height]
  return `M${x + radius} ${y}L${right - radius} ${y}Q${right} ${y} ${right} ${y + radius}L${right} ${bottom - radius}Q${right} ${bottom} ${right - radius} ${bottom}L${x + radius} ${bottom}Q${x} ${bottom} ${x} ${bottom - radius}L${x} ${y + radius}Q${x} ${y} ${x + radius} ${y}Z`
}
