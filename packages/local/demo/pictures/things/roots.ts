import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import { hatch } from '../marks.ts'
import type { Random } from '../random.ts'
import { gouge, place, smooth } from '../shape.ts'
import type { Point, Shape } from '../shape.ts'
import { leaf } from './plants.ts'

/** A carrot with its top, point down, shoulders at the origin. */
export function carrot(random: Random, length: number, tone: Tone = tones.crust): Shape[] {
  const half = length * 0.14
  const root = smooth(
    [
      [-half, 6],
      [-half * 0.9, length * 0.2],
      [-half * 0.5, length * 0.6],
      [2, length],
      [half * 0.55, length * 0.6],
      [half * 0.95, length * 0.2],
      [half, 6],
      [0, -6],
    ],
    true,
  )
  return [
    ...feathers(random, length * 0.75),
    { path: root, tone },
    ...hatch(random, {
      clip: root,
      left: -half,
      top: 0,
      width: half * 2,
      height: length,
      tone: tones.toast,
      spacing: length * 0.055,
      length: half * 0.9,
      sparse: 0.4,
      weight: 0.14,
      degrees: 4,
    }),
    {
      path: gouge([-half * 0.55, length * 0.08], [-half * 0.3, length * 0.5], half * 0.1),
      tone: tones.cream,
    },
  ]
}

function feathers(random: Random, height: number): Shape[] {
  return [-26, -9, 8, 25].flatMap((lean) => {
    const reach = height * random.between(0.8, 1.05)
    const stem: Shape = { path: gouge([0, 0], [0, -reach], 2.4), tone: tones.sage }
    const fronds: Shape[] = []
    for (let share = 0.35; share < 1; share += 0.08) {
      for (const side of [-1, 1]) {
        const size = height * 0.15 * (1.25 - share)
        fronds.push({
          path: gouge([0, -reach * share], [side * size, -reach * share - size * 0.7], size * 0.16),
          tone: tones.moss,
        })
      }
    }
    return place([stem, ...fronds], { x: 0, y: 0, degrees: lean })
  })
}

/** A beetroot with leaves, its crown at the origin. */
export function beetroot(random: Random, size: number): Shape[] {
  const half = size / 2
  const root = smooth(
    [
      [0, 0],
      [half * 0.8, size * 0.16],
      [half, size * 0.5],
      [half * 0.5, size * 0.86],
      [3, size * 1.3],
      [-half * 0.5, size * 0.86],
      [-half, size * 0.5],
      [-half * 0.8, size * 0.16],
    ],
    true,
  )
  const leaves = [-34, 30, -12, 12].flatMap((degrees) =>
    place(
      [
        { path: gouge([0, 0], [size * 0.62, 0], size * 0.03), tone: tones.brick },
        ...place(
          leaf(size * random.between(0.75, 0.95), size * 0.21, {
            tone: tones.moss,
            rib: tones.brick,
          }),
          {
            x: size * 0.44,
            y: 0,
          },
        ),
      ],
      { x: 0, y: 6, degrees: degrees - 90 },
    ),
  )
  return [
    ...leaves,
    { path: root, tone: tones.plum },
    ...hatch(random, {
      clip: root,
      left: -half * 0.7,
      top: size * 0.1,
      width: size * 0.5,
      height: size * 0.7,
      tone: tones.petal,
      spacing: size * 0.09,
      length: size * 0.22,
      sparse: 0.5,
      weight: 0.12,
      degrees: 6,
    }),
  ]
}

/** A potato about its centre. */
export function potato(random: Random, size: number, tone: Tone = tones.wheat): Shape[] {
  const outline = blob(random, size, size * 0.74)
  const eyes = Array.from({ length: 6 }, (): Shape => {
    const [x, y] = [random.between(-0.6, 0.6) * size, random.between(-0.45, 0.45) * size]
    return {
      path: gouge([x - size * 0.07, y], [x + size * 0.07, y], size * 0.02, -size * 0.02),
      tone: tones.toast,
    }
  })
  return [
    { path: outline, tone },
    ...hatch(random, {
      clip: outline,
      left: -size,
      top: size * 0.1,
      width: size * 2,
      height: size * 0.64,
      tone: tones.crust,
      spacing: size * 0.12,
      length: size * 0.4,
      sparse: 0.35,
      weight: 0.16,
    }),
    ...eyes,
  ]
}

/** An onion, foot at the origin. */
export function onion(random: Random, size: number, tone: Tone = tones.crust): Shape[] {
  const outline = `M0 0C${-size * 0.9} ${-size * 0.05} ${-size * 0.85} ${-size * 0.85} ${-size * 0.12} ${-size * 0.98}L${-size * 0.05} ${-size * 1.3}L${size * 0.08} ${-size * 1.28}L${size * 0.12} ${-size * 0.98}C${size * 0.85} ${-size * 0.85} ${size * 0.9} ${-size * 0.05} 0 0Z`
  return [
    { path: outline, tone },
    ...[-0.5, -0.25, 0, 0.28, 0.5].map((bend): Shape => ({
      path: gouge([0, -size * 0.06], [0, -size * 0.98], size * 0.016, bend * size),
      tone: random.chance(0.5) ? tones.toast : tones.cream,
    })),
  ]
}

function blob(random: Random, radiusX: number, radiusY: number): string {
  const points = Array.from({ length: 9 }, (_, index): Point => {
    const angle = (index / 9) * Math.PI * 2
    const reach = random.between(0.9, 1.06)
    return [Math.cos(angle) * radiusX * reach, Math.sin(angle) * radiusY * reach]
  })
  return smooth(points, true)
}
