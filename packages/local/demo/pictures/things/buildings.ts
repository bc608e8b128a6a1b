import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import type { Random } from '../random.ts'
import { gouge, polygon, rectangle } from '../shape.ts'
import type { Shape } from '../shape.ts'

export interface MillRequest {
  readonly floors?: number
  readonly bays?: number
  readonly wall?: Tone
  readonly roof?: Tone
  /** What unlit windows look like. */
  readonly pane?: Tone
  readonly light?: Tone
  /** Share of windows with a light in them. */
  readonly lit?: number
  readonly chimney?: boolean
}

/** The mill, its foot on y = 0 and its left wall on x = 0. A bay is 56 wide, a floor 66 high. */
export function mill(random: Random, request: MillRequest = {}): Shape[] {
  const { floors = 5, bays = 11, wall = tones.stone, roof = tones.slate } = request
  const { chimney = true } = request
  const [width, height] = [bays * 56, floors * 66]
  const shapes: Shape[] = []
  if (chimney)
    shapes.push(...millChimney(random, { x: width + 70, height: height * 1.75, tone: wall }))
  shapes.push(
    { path: rectangle(0, -height, width, height), tone: wall },
    {
      path: polygon([
        [-10, -height],
        [34, -height - 58],
        [width - 34, -height - 58],
        [width + 10, -height],
      ]),
      tone: roof,
    },
    ...courses(random, width, height),
  )
  for (let floor = 0; floor < floors; floor += 1) {
    for (let bay = 0; bay < bays; bay += 1) {
      const isLit = random.chance(request.lit ?? 0)
      const tone = isLit ? (request.light ?? tones.ochre) : (request.pane ?? tones.slate)
      shapes.push(...sashWindow(bay * 56 + 14, -height + floor * 66 + 15, tone))
    }
  }
  return shapes
}

function sashWindow(x: number, y: number, tone: Tone): Shape[] {
  return [
    { path: rectangle(x - 3, y + 38, 34, 5), tone: tones.cream },
    { path: rectangle(x, y, 28, 38), tone },
    { path: rectangle(x + 12.8, y, 2.4, 38), tone: tones.cream },
    { path: rectangle(x, y + 17.5, 28, 2.4), tone: tones.cream },
  ]
}

/** Here and there a course of stone shows. */
function courses(random: Random, width: number, height: number): Shape[] {
  return Array.from({ length: Math.round((width * height) / 900) }, () => {
    const x = random.between(0, width - 24)
    const y = -Math.round(random.between(1, height / 11)) * 11
    const tone = random.chance(0.5) ? tones.cream : tones.ash
    return { path: gouge([x, y], [x + random.between(8, 24), y], 1.2), tone }
  })
}

function millChimney(
  random: Random,
  { x, height, tone }: { x: number; height: number; tone: Tone },
): Shape[] {
  const shapes: Shape[] = [
    {
      path: polygon([
        [x - 27, 0],
        [x - 16, -height],
        [x + 16, -height],
        [x + 27, 0],
      ]),
      tone,
    },
    { path: rectangle(x - 21, -height - 6, 42, 10), tone: tones.slate },
    { path: rectangle(x - 18, -height + 26, 36, 6), tone: tones.slate },
    {
      path: polygon([
        [x + 5, 0],
        [x + 3, -height + 32],
        [x + 15, -height + 32],
        [x + 27, 0],
      ]),
      tone: tones.slate,
      overprint: true,
      fade: { from: [0, 0], to: [0, -height], fromShare: 0.6, toShare: 0.6 },
    },
  ]
  for (let y = -height + 46; y < -8; y += 13) {
    const from = x - 18 + random.between(0, 12)
    shapes.push({
      path: gouge([from, y], [from + random.between(6, 14), y], 1.1),
      tone: tones.cream,
    })
  }
  return shapes
}

/** Saw-tooth sheds, their feet on y = 0. */
export function sheds(count: number, wall: Tone = tones.stone, glass: Tone = tones.mist): Shape[] {
  return Array.from({ length: count }, (_, index) => index * 92).flatMap((x) => [
    { path: rectangle(x, -70, 92, 70), tone: wall },
    {
      path: polygon([
        [x, -70],
        [x + 22, -122],
        [x + 92, -70],
      ]),
      tone: tones.slate,
    },
    {
      path: polygon([
        [x + 4, -72],
        [x + 20, -112],
        [x + 26, -108],
        [x + 12, -72],
      ]),
      tone: glass,
    },
  ])
}

export interface TerraceRequest {
  readonly count: number
  readonly wall?: Tone
  readonly roof?: Tone
  readonly light?: Tone
  readonly lit?: number
  /** How far each house stands below the one before. */
  readonly step?: number
}

/** A row of terraced houses, 84 wide each, feet on y = 0 going down by `step`. */
export function terrace(random: Random, request: TerraceRequest): Shape[] {
  const { count, wall = tones.stone, roof = tones.slate, light = tones.ochre } = request
  const { lit = 0.4, step = 0 } = request
  return Array.from({ length: count }, (_, index) => index).flatMap((index) => {
    const [x, y] = [index * 84, index * step]
    const pane = (): Tone => (random.chance(lit) ? light : tones.slate)
    return [
      { path: rectangle(x, y - 100, 84, 100 + Math.abs(step)), tone: wall },
      {
        path: polygon([
          [x - 3, y - 98],
          [x, y - 138],
          [x + 84, y - 138],
          [x + 87, y - 98],
        ]),
        tone: roof,
      },
      { path: rectangle(x + 58, y - 164, 18, 34), tone: wall },
      { path: rectangle(x + 61, y - 174, 5, 10), tone: tones.brick },
      { path: rectangle(x + 68, y - 172, 5, 8), tone: tones.brick },
      { path: rectangle(x + 12, y - 84, 22, 26), tone: pane() },
      { path: rectangle(x + 50, y - 84, 22, 26), tone: pane() },
      { path: rectangle(x + 46, y - 44, 28, 26), tone: pane() },
      {
        path: rectangle(x + 12, y - 48, 22, 48),
        tone: random.pick([tones.brick, tones.pine, tones.dusk, tones.crust]),
      },
    ]
  })
}
