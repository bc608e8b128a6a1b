import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import { hatch } from '../marks.ts'
import type { Random } from '../random.ts'
import { clipped, ellipse, gouge, points, polygon, rectangle } from '../shape.ts'
import type { Shape } from '../shape.ts'

/** A wall with the marks of a lime brush, from the top to `floorY`. */
export function wall(
  random: Random,
  area: { width: number; floorY: number; tone: Tone; marks: Tone },
): Shape[] {
  const clip = rectangle(0, 0, area.width, area.floorY)
  return [
    { path: clip, tone: area.tone },
    ...hatch(random, {
      clip,
      left: 0,
      top: 0,
      width: area.width,
      height: area.floorY,
      tone: area.marks,
      spacing: 34,
      length: 22,
      sparse: 0.55,
      weight: 0.055,
      degrees: 34,
    }),
    ...hatch(random, {
      clip,
      left: 0,
      top: 0,
      width: area.width,
      height: area.floorY,
      tone: area.marks,
      spacing: 40,
      length: 20,
      sparse: 0.65,
      weight: 0.05,
      degrees: 146,
    }),
  ]
}

export interface WindowRequest {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly columns?: number
  readonly rows?: number
  readonly frame?: Tone
  /** What is seen through it, in the coordinates of the picture. */
  readonly view: readonly Shape[]
}

/** A tall mill window with a stone sill and a view. */
export function millWindow(request: WindowRequest): Shape[] {
  const { x, y, width, height, columns = 3, rows = 4, frame = tones.cream, view } = request
  const opening = `M${x} ${y + height}L${x} ${y + height * 0.09}Q${x + width / 2} ${y - height * 0.06} ${x + width} ${y + height * 0.09}L${x + width} ${y + height}Z`
  const outer = `M${x - 20} ${y + height + 4}L${x - 20} ${y + height * 0.07}Q${x + width / 2} ${y - height * 0.13} ${x + width + 20} ${y + height * 0.07}L${x + width + 20} ${y + height + 4}Z`
  const bars: Shape[] = []
  for (let column = 1; column < columns; column += 1) {
    bars.push({
      path: rectangle(x + (width / columns) * column - 4, y - height * 0.05, 8, height * 1.05),
      tone: frame,
    })
  }
  for (let row = 1; row < rows; row += 1) {
    bars.push({ path: rectangle(x, y + (height / rows) * row - 3.5, width, 7), tone: frame })
  }
  return [
    { path: outer, tone: tones.stone },
    ...clipped(opening, [...view, ...bars]),
    { path: opening, tone: frame, strokeWidth: 10 },
    { path: rectangle(x - 34, y + height, width + 68, 22), tone: tones.ash },
    {
      path: gouge([x - 26, y + height + 7], [x + width + 20, y + height + 7], 2),
      tone: tones.paper,
    },
  ]
}

/** A shelf on brackets. */
export function shelf(
  random: Random,
  area: { x: number; y: number; width: number; tone?: Tone },
): Shape[] {
  const { x, y, width, tone = tones.crust } = area
  const clip = rectangle(x, y, width, 20)
  return [
    ...[0.14, 0.86].map((share): Shape => ({
      path: polygon([
        [x + width * share - 9, y + 18],
        [x + width * share + 9, y + 18],
        [x + width * share + 5, y + 74],
        [x + width * share - 5, y + 60],
      ]),
      tone: tones.brown,
    })),
    { path: clip, tone },
    ...hatch(random, {
      clip,
      left: x,
      top: y,
      width,
      height: 20,
      tone: tones.toast,
      spacing: 7,
      length: 110,
      sparse: 0.4,
      weight: 0.13,
    }),
  ]
}

/** A wooden chair from behind, feet on y = 0. 120 wide, 230 high. */
export function chair(tone: Tone): Shape[] {
  return [
    {
      path: polygon(points('-52,-108 -60,0 -46,0 -38,-108')),
      tone,
    },
    {
      path: polygon(points('52,-108 60,0 46,0 38,-108')),
      tone,
    },
    { path: rectangle(-56, -118, 112, 18), tone },
    {
      path: polygon(points('-52,-118 -58,-230 -44,-230 -40,-118')),
      tone,
    },
    {
      path: polygon(points('52,-118 58,-230 44,-230 40,-118')),
      tone,
    },
    { path: rectangle(-58, -226, 116, 22), tone },
    { path: rectangle(-50, -182, 100, 14), tone },
  ]
}

/** A hanging lamp with its cone of light, the flex going up from (x, y). */
export function hangingLamp(
  random: Random,
  request: { x: number; y: number; size: number; tone: Tone; light?: Tone; throwY?: number },
): Shape[] {
  const { x, y, size, tone, light, throwY } = request
  const shapes: Shape[] = [{ path: rectangle(x - 1.6, 0, 3.2, y), tone: tones.ink }]
  if (light !== undefined && throwY !== undefined) {
    const spread = (throwY - y) * 0.62
    const cone = polygon([
      [x - size * 0.7, y + size * 0.5],
      [x + size * 0.7, y + size * 0.5],
      [x + spread, throwY],
      [x - spread, throwY],
    ])
    shapes.push({
      path: cone,
      tone: light,
      overprint: true,
      fade: { from: [x, y], to: [x, throwY], fromShare: 1, toShare: 0.1 },
    })
  }
  const shade = `M${x - size * 0.16} ${y - size * 0.3}L${x + size * 0.16} ${y - size * 0.3}Q${x + size * 0.3} ${y} ${x + size} ${y + size * 0.5}L${x - size} ${y + size * 0.5}Q${x - size * 0.3} ${y} ${x - size * 0.16} ${y - size * 0.3}Z`
  shapes.push(
    { path: ellipse(x, y + size * 0.5, size * 0.4, size * 0.3), tone: tones.wheat },
    { path: shade, tone },
    ...hatch(random, {
      clip: shade,
      left: x - size,
      top: y - size * 0.3,
      width: size * 2,
      height: size * 0.8,
      tone: tones.paper,
      spacing: size * 0.24,
      length: size * 0.3,
      sparse: 0.6,
      weight: 0.08,
      degrees: 30,
    }),
  )
  return shapes
}

/** A string of small flags from one point to another. */
export function bunting(
  random: Random,
  request: {
    from: readonly [number, number]
    to: readonly [number, number]
    sag: number
    size: number
    tones: readonly Tone[]
  },
): Shape[] {
  const { from, to, sag, size } = request
  const at = (share: number): readonly [number, number] => [
    from[0] + (to[0] - from[0]) * share,
    from[1] + (to[1] - from[1]) * share + Math.sin(share * Math.PI) * sag,
  ]
  const count = Math.max(
    2,
    Math.round(Math.hypot(to[0] - from[0], to[1] - from[1]) / (size * 1.35)),
  )
  const shapes: Shape[] = [
    {
      path: `M${at(0).join(' ')}${Array.from({ length: 20 }, (_, index) => `L${at((index + 1) / 20).join(' ')}`).join('')}`,
      tone: tones.ink,
      strokeWidth: 2.2,
    },
  ]
  for (let index = 0; index < count; index += 1) {
    const [a, b] = [at((index + 0.12) / count), at((index + 0.88) / count)]
    const tip = [(a[0] + b[0]) / 2 + random.between(-3, 3), (a[1] + b[1]) / 2 + size] as const
    shapes.push({ path: polygon([a, b, tip]), tone: random.pick(request.tones) })
  }
  return shapes
}
