import type { Tone } from './ink.ts'
import type { Random } from './random.ts'
import { clipped, gouge, polygon, rectangle } from './shape.ts'
import type { Point, Shape } from './shape.ts'

export interface HatchRequest {
  /** Path data that the marks keep within. */
  readonly clip: string
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly tone: Tone
  readonly degrees?: number
  readonly spacing?: number
  readonly length?: number
  /** Share of the marks that are left out. */
  readonly sparse?: number
  readonly weight?: number
  readonly overprint?: boolean
}

/** Parallel gouge marks over a box, kept within an outline. */
export function hatch(random: Random, request: HatchRequest): Shape[] {
  const { clip, left, top, width, height, tone, degrees = 0 } = request
  const { spacing = 12, length = 40, sparse = 0.3, weight = 0.16, overprint = false } = request
  const angle = (degrees * Math.PI) / 180
  const along: Point = [Math.cos(angle), Math.sin(angle)]
  const middle: Point = [left + width / 2, top + height / 2]
  const reach = Math.hypot(width, height) / 2
  const at = (forward: number, aside: number): Point => [
    middle[0] + along[0] * forward - along[1] * aside,
    middle[1] + along[1] * forward + along[0] * aside,
  ]
  const inside = ([x, y]: Point): boolean =>
    x > left - 2 && x < left + width + 2 && y > top - 2 && y < top + height + 2
  const shapes: Shape[] = []
  for (let aside = -reach; aside < reach; aside += spacing) {
    let forward = -reach + random.between(0, length)
    while (forward < reach) {
      const mark = length * random.between(0.5, 1.3)
      const [from, to] = [at(forward, aside), at(forward + mark, aside + random.between(-1, 1))]
      if (inside(from) && inside(to) && !random.chance(sparse)) {
        shapes.push({
          path: gouge(from, to, spacing * weight * random.between(0.7, 1.2)),
          tone,
          overprint,
        })
      }
      forward += mark + random.between(0.15, 0.5) * length
    }
  }
  return clipped(clip, shapes)
}

export interface CheckRequest {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly size: number
  readonly tone: Tone
}

/** Checked cloth: two sets of stripes that darken where they cross. */
export function check({ left, top, width, height, size, tone }: CheckRequest): Shape[] {
  const half: Tone = Object.fromEntries(
    Object.entries(tone).map(([ink, share]) => [ink, share * 0.45]),
  )
  const shapes: Shape[] = []
  for (let x = left; x < left + width; x += size * 2)
    shapes.push({ path: rectangle(x, top, size, height), tone: half, overprint: true })
  for (let y = top; y < top + height; y += size * 2)
    shapes.push({ path: rectangle(left, y, width, size), tone: half, overprint: true })
  for (let y = top; y < top + height; y += size * 2) {
    for (let x = left; x < left + width; x += size * 2)
      shapes.push({ path: rectangle(x, y, size, size), tone, overprint: true })
  }
  return shapes
}

/** Boards seen from above or a floor: long seams and some grain. */
export function boards(
  random: Random,
  area: { left: number; top: number; width: number; height: number; board: number },
  tones: { board: Tone; seam: Tone; grain: Tone },
): Shape[] {
  const { left, top, width, height, board } = area
  const shapes: Shape[] = [{ path: rectangle(left, top, width, height), tone: tones.board }]
  for (let y = top; y < top + height; y += board) {
    const clip = rectangle(left, y, width, board)
    shapes.push(
      ...hatch(random, {
        clip,
        left,
        top: y + 2,
        width,
        height: board - 4,
        tone: tones.grain,
        spacing: board / 5,
        length: 150,
        sparse: 0.5,
        weight: 0.09,
      }),
    )
    shapes.push({ path: gouge([left - 40, y], [left + width + 40, y], 2.4), tone: tones.seam })
    for (let x = left + random.between(60, 460); x < left + width; x += random.between(300, 620)) {
      shapes.push({ path: rectangle(x, y, 2.6, board), tone: tones.seam })
    }
  }
  return shapes
}

/** Bricks or setts: rows of rounded lozenges with joints between them. */
export function setts(
  random: Random,
  area: { left: number; top: number; width: number; height: number; row: number; growth?: number },
  tones: readonly Tone[],
): Shape[] {
  const { left, top, width, height, row, growth = 1 } = area
  const shapes: Shape[] = []
  let y = top
  while (y < top + height) {
    const scale = 1 + ((y - top) / height) * (growth - 1)
    const tall = row * scale
    let x = left - random.between(0, 60) * scale
    while (x < left + width) {
      const long = random.between(1.5, 2.4) * tall
      const [a, b] = [random.between(1.5, 3), random.between(1.5, 3)]
      shapes.push({
        path: polygon([
          [x + a, y + b],
          [x + long - b, y + a],
          [x + long - a, y + tall - b],
          [x + b, y + tall - a],
        ]),
        tone: random.pick(tones),
      })
      x += long
    }
    y += tall
  }
  return shapes
}
