import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import type { Random } from '../random.ts'
import { gouge, place, smooth } from '../shape.ts'
import type { Point, Shape } from '../shape.ts'
import { leaf } from './plants.ts'

/** A leek, roots at the origin, leaves up. */
export function leek(random: Random, height: number): Shape[] {
  const half = height * 0.06
  const shaft = smooth(
    [
      [-half, -6],
      [-half * 0.85, -height * 0.25],
      [-half * 0.9, -height * 0.5],
      [half * 0.9, -height * 0.5],
      [half * 0.85, -height * 0.25],
      [half, -6],
      [0, 3],
    ],
    true,
  )
  const roots = Array.from({ length: 9 }, (): Shape => ({
    path: gouge(
      [random.between(-half, half) * 0.7, 0],
      [random.between(-half, half) * 1.5, height * random.between(0.04, 0.08)],
      1.2,
    ),
    tone: tones.wheat,
  }))
  const leaves = [-38, 34, -20, 18, -3].flatMap((degrees, index) =>
    place(
      leaf(height * (0.5 + index * 0.03), half * 0.95, {
        tone: index % 2 === 0 ? tones.pine : tones.sage,
        rib: tones.mist,
      }),
      { x: 0, y: -height * 0.44, degrees: degrees - 90 },
    ),
  )
  return [
    ...roots,
    ...leaves,
    { path: shaft, tone: tones.paper },
    {
      path: shaft,
      tone: tones.sage,
      overprint: true,
      fade: { from: [0, -height * 0.16], to: [0, -height * 0.5], fromShare: 0, toShare: 0.95 },
    },
    ...[-0.4, 0.1, 0.5].map((share): Shape => ({
      path: gouge([half * share, -height * 0.06], [half * share, -height * 0.46], 1.2),
      tone: tones.sage,
    })),
  ]
}

/** A frilly leaf of kale, stalk at the origin, tip up. */
export function kale(random: Random, height: number, tone: Tone = tones.pine): Shape[] {
  const right: Point[] = []
  const left: Point[] = []
  for (let share = 0.22; share <= 1.001; share += 0.039) {
    const swell = Math.sin(Math.min((share - 0.18) / 0.82, 1) * Math.PI * 0.86) * height * 0.3
    const frill = random.between(0.72, 1.14)
    right.push([swell * frill + 4, -height * share + random.between(-6, 6)])
    left.unshift([-swell * random.between(0.72, 1.14) - 4, -height * share + random.between(-6, 6)])
  }
  const outline = smooth([...right, ...left], true)
  const shapes: Shape[] = [
    { path: outline, tone },
    { path: outline, tone: tones.leaf, strokeWidth: height * 0.008 },
    { path: gouge([0, 4], [0, -height * 0.95], height * 0.026), tone: tones.mist },
  ]
  for (let share = 0.3; share < 0.9; share += 0.085) {
    for (const side of [-1, 1]) {
      const reach = height * 0.23 * Math.sin(share * Math.PI)
      shapes.push({
        path: gouge([0, -height * share], [side * reach, -height * (share + 0.13)], 2.4),
        tone: tones.leaf,
      })
    }
  }
  return shapes
}
