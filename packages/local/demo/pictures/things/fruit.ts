import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import { hatch } from '../marks.ts'
import type { Random } from '../random.ts'
import { ellipse, gouge, place, smooth } from '../shape.ts'
import type { Shape } from '../shape.ts'
import { leaf, leafPath } from './plants.ts'

/** An apple about its centre, its cheek reddened. */
export function apple(
  random: Random,
  size: number,
  { tone = tones.lime, cheek = tones.rose }: { tone?: Tone; cheek?: Tone } = {},
): Shape[] {
  const outline = smooth(
    [
      [0, -size * 0.78],
      [size * 0.5, -size * 0.92],
      [size, -size * 0.3],
      [size * 0.72, size * 0.64],
      [size * 0.2, size * 0.92],
      [0, size * 0.84],
      [-size * 0.2, size * 0.92],
      [-size * 0.72, size * 0.64],
      [-size, -size * 0.3],
      [-size * 0.5, -size * 0.92],
    ],
    true,
  )
  return [
    { path: gouge([0, -size * 0.7], [size * 0.16, -size * 1.3], size * 0.07), tone: tones.brown },
    { path: outline, tone },
    ...hatch(random, {
      clip: outline,
      left: size * -0.1,
      top: -size * 0.9,
      width: size * 1.1,
      height: size * 1.7,
      tone: cheek,
      spacing: size * 0.13,
      length: size * 0.5,
      sparse: 0.12,
      weight: 0.34,
      degrees: 84,
    }),
    {
      path: gouge(
        [-size * 0.66, -size * 0.36],
        [-size * 0.52, size * 0.24],
        size * 0.08,
        -size * 0.04,
      ),
      tone: tones.paper,
    },
    ...place([{ path: leafPath(size * 0.6, size * 0.18), tone: tones.pine }], {
      x: size * 0.1,
      y: -size * 1.06,
      degrees: -20,
    }),
  ]
}

/** A courgette lying along x, stalk to the right. */
export function courgette(random: Random, length: number, tone: Tone = tones.pine): Shape[] {
  const half = length * 0.11
  const outline = smooth(
    [
      [-length / 2, 0],
      [-length * 0.42, -half * 0.95],
      [0, -half * 0.9],
      [length * 0.38, -half * 0.6],
      [length * 0.46, -half * 0.45],
      [length * 0.46, half * 0.45],
      [length * 0.38, half * 0.6],
      [0, half * 0.95],
      [-length * 0.42, half],
    ],
    true,
  )
  return [
    {
      path: smooth(
        [
          [length * 0.43, -half * 0.5],
          [length * 0.54, -half * 0.6],
          [length * 0.55, half * 0.5],
          [length * 0.43, half * 0.5],
        ],
        true,
      ),
      tone: tones.lime,
    },
    { path: outline, tone },
    ...hatch(random, {
      clip: outline,
      left: -length / 2,
      top: -half,
      width: length,
      height: half * 2,
      tone: tones.leaf,
      spacing: half * 0.42,
      length: length * 0.1,
      sparse: 0.45,
      weight: 0.16,
    }),
  ]
}

/** A courgette flower about its centre. */
export function courgetteFlower(size: number): Shape[] {
  const petals = [0, 72, 144, 216, 288].flatMap((degrees) =>
    place(leaf(size, size * 0.34, { tone: tones.ochre, rib: tones.crust }), {
      x: 0,
      y: 0,
      degrees: degrees - 90,
    }),
  )
  return [...petals, { path: ellipse(0, 0, size * 0.16), tone: tones.toast }]
}
