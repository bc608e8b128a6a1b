import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import type { Frame } from '../landscape.ts'
import { hatch } from '../marks.ts'
import type { Random } from '../random.ts'
import { ellipse, place, rectangle } from '../shape.ts'
import type { Shape } from '../shape.ts'

export const square: Frame = { width: 800, height: 800 }

export interface Setting {
  readonly wall: Tone
  readonly marks: Tone
  readonly table: Tone
}

/** The wall and table colours that go with each kind of thing. */
export const settings = {
  blush: { wall: tones.blush, marks: tones.paper, table: tones.petal },
  mist: { wall: tones.mist, marks: tones.paper, table: tones.leaf },
  cream: { wall: tones.cream, marks: tones.paper, table: tones.wheat },
  petal: { wall: tones.petal, marks: tones.blush, table: tones.rose },
  leaf: { wall: tones.leaf, marks: tones.mist, table: tones.sage },
  haze: { wall: tones.haze, marks: tones.paper, table: tones.ash },
} as const satisfies Record<string, Setting>

/** Where the foot of a thing stands. */
export const footY = 620

/** Things on a table before a wall, their feet on `footY`, with a soft shadow. */
export function stillLife(random: Random, setting: Setting, things: readonly Shape[]): Shape[] {
  const wall = rectangle(0, 0, 800, 800)
  return [
    { path: wall, tone: setting.wall },
    ...[62, 118].flatMap((degrees) =>
      hatch(random, {
        clip: wall,
        left: 0,
        top: 0,
        width: 800,
        height: 556,
        tone: setting.marks,
        spacing: 52,
        length: 26,
        sparse: 0.5,
        weight: 0.05,
        degrees,
      }),
    ),
    { path: rectangle(0, 556, 800, 244), tone: setting.table },
    ...hatch(random, {
      clip: rectangle(0, 556, 800, 244),
      left: 0,
      top: 566,
      width: 800,
      height: 230,
      tone: setting.wall,
      spacing: 26,
      length: 110,
      sparse: 0.4,
      weight: 0.08,
    }),
    ...place(things, { x: -56, y: -57, scale: 1.14 }),
  ]
}

/** A shadow for something that stands at (x, y). */
export function shadow(width: number, x = 400, y = footY): Shape[] {
  return [
    { path: ellipse(x, y + 2, width / 2, width * 0.055), tone: { ink: 0.34 }, overprint: true },
  ]
}

/** Places one thing in the middle, on its shadow. */
export function standing(thing: readonly Shape[], scale: number, shadowWidth: number): Shape[] {
  return [...shadow(shadowWidth), ...place(thing, { x: 400, y: footY, scale })]
}
