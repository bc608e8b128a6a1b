import { tones } from './ink.ts'
import type { Tone } from './ink.ts'
import { createWave } from './random.ts'
import type { Random } from './random.ts'
import { clipped, ellipse, gouge, polygon, rectangle } from './shape.ts'
import type { Point, Shape } from './shape.ts'

export interface Frame {
  readonly width: number
  readonly height: number
}

export const wide: Frame = { width: 1600, height: 1000 }

/** A plain area, fading from the top to the bottom. */
export function backdrop(frame: Frame, tone: Tone, toShare = 0.35): Shape {
  return {
    path: rectangle(0, 0, frame.width, frame.height),
    tone,
    fade: { from: [0, 0], to: [0, frame.height], fromShare: 1, toShare },
  }
}

export interface SunRequest {
  readonly x: number
  readonly y: number
  readonly radius: number
  readonly tone: Tone
  readonly rays?: Tone
}

/** A disc with rings of gouge marks about it. */
export function sun(random: Random, { x, y, radius, tone, rays }: SunRequest): Shape[] {
  const shapes: Shape[] = []
  if (rays !== undefined) {
    for (let ring = 1; ring <= 9; ring += 1) {
      const distance = radius * (1.05 + ring * 0.42)
      const count = Math.round(12 + ring * 7)
      for (let index = 0; index < count; index += 1) {
        const angle = ((index + random.between(-0.2, 0.2) + (ring % 2) / 2) / count) * Math.PI * 2
        const length = (radius * 0.55 * random.between(0.5, 1)) / distance
        const at = (turn: number): Point => [
          x + Math.cos(turn) * distance,
          y + Math.sin(turn) * distance,
        ]
        const width = random.between(2.5, 5) * (1 - ring * 0.05)
        const bend = distance * (1 - Math.cos(length / 2))
        const path = gouge(at(angle - length / 2), at(angle + length / 2), width, -bend * 2)
        shapes.push({ path, tone: rays })
      }
    }
  }
  shapes.push({ path: ellipse(x, y, radius), tone })
  return shapes
}

export interface HillRequest {
  /** Height of the ridge at the middle. */
  readonly y: number
  readonly rise: number
  readonly tone: Tone
  readonly marks?: Tone
  /** Pixels between rows of marks. */
  readonly spacing?: number
  /** How many swells fit the picture. */
  readonly swells?: number
  readonly bottom?: number
  readonly fadeTo?: number
}

/** A hill across the picture, its slope cut with rows of marks that follow the ridge. */
export function hill(random: Random, frame: Frame, request: HillRequest): Shape[] {
  const { y, rise, tone, marks, swells = 1.4, bottom = frame.height, fadeTo = 1 } = request
  const wave = createWave(random)
  const ridge = (x: number): number => y + wave((x / frame.width) * Math.PI * swells) * rise
  const points: Point[] = [[-20, bottom]]
  for (let x = -20; x <= frame.width + 20; x += 20) points.push([x, ridge(x)])
  points.push([frame.width + 20, bottom])
  const path = polygon(points)
  const fade = { from: [0, y] as Point, to: [0, bottom] as Point, fromShare: 1, toShare: fadeTo }
  const shapes: Shape[] = [fadeTo === 1 ? { path, tone } : { path, tone, fade }]
  if (marks === undefined) return shapes
  return [
    ...shapes,
    ...clipped(path, slopeMarks(random, frame, { ...request, marks, bottom, ridge })),
  ]
}

interface SlopeRequest extends HillRequest {
  readonly marks: Tone
  readonly bottom: number
  readonly ridge: (x: number) => number
}

function slopeMarks(random: Random, frame: Frame, request: SlopeRequest): Shape[] {
  const { ridge, marks, spacing = 17, bottom, y } = request
  const shapes: Shape[] = []
  for (let depth = spacing * 0.8; y + depth < bottom + request.rise; depth += spacing) {
    let x = random.between(-60, 0)
    while (x < frame.width) {
      const length = random.between(24, 80) * (0.6 + spacing / 28)
      const flat = Math.min(depth / 500, 0.7)
      const at = (where: number): Point => [where, ridge(where) * (1 - flat) + y * flat + depth]
      const width = random.between(0.09, 0.17) * spacing
      shapes.push({ path: gouge(at(x), at(x + length), width), tone: marks })
      x += length + random.between(10, 46) * (1 + depth / 260)
    }
  }
  return shapes
}

export interface BandRequest {
  readonly top: number
  readonly bottom: number
  readonly tone: Tone
  readonly left?: number
  readonly right?: number
  readonly spacing?: number
  /** Share of the marks that are left out. */
  readonly sparse?: number
  /** Marks grow by this factor towards the bottom, as water does towards the viewer. */
  readonly growth?: number
  readonly overprint?: boolean
}

/** Level marks: clouds high up, ripples below. */
export function levelMarks(random: Random, frame: Frame, request: BandRequest): Shape[] {
  const { top, bottom, tone, left = -40, right = frame.width, growth = 1 } = request
  const { spacing = 16, sparse = 0.3, overprint = false } = request
  const shapes: Shape[] = []
  let y = top
  while (y < bottom) {
    const scale = 1 + ((y - top) / (bottom - top)) * (growth - 1)
    let x = left + random.between(0, 60)
    while (x < right) {
      const length = random.between(30, 130) * scale
      if (!random.chance(sparse)) {
        const end = Math.min(x + length, right)
        const drift = random.between(-1.5, 1.5)
        const width = random.between(0.1, 0.2) * spacing * scale
        shapes.push({ path: gouge([x, y + drift], [end, y], width), tone, overprint })
      }
      x += length + random.between(10, 50) * scale
    }
    y += spacing * scale
  }
  return shapes
}

/** Slanted rain or drifting snow over the whole picture. */
export function rain(random: Random, frame: Frame, count: number): Shape[] {
  return Array.from({ length: count }, () => {
    const [x, y] = [random.between(-40, frame.width), random.between(-20, frame.height)]
    const length = random.between(24, 60)
    return {
      path: gouge([x, y], [x - length * 0.28, y + length], 1.7),
      tone: random.chance(0.6) ? tones.paper : tones.haze,
    }
  })
}

export function snow(random: Random, frame: Frame, count: number): Shape[] {
  return Array.from({ length: count }, () => ({
    path: ellipse(
      random.between(0, frame.width),
      random.between(0, frame.height),
      random.between(2, 6.5),
    ),
    tone: tones.paper,
  }))
}

export function stars(random: Random, area: BandRequest, count: number): Shape[] {
  const { left = 0, right = 1600, top, bottom, tone } = area
  return Array.from({ length: count }, () => ({
    path: ellipse(
      random.between(left, right),
      random.between(top, bottom),
      random.between(1.4, 3.6),
    ),
    tone,
  }))
}

/** A bird far off: two short strokes. */
export function bird([x, y]: Point, span: number, tone: Tone): Shape[] {
  return [
    { path: gouge([x - span, y - span * 0.28], [x, y], span * 0.09, -span * 0.2), tone },
    { path: gouge([x, y], [x + span, y - span * 0.34], span * 0.09, -span * 0.2), tone },
  ]
}
