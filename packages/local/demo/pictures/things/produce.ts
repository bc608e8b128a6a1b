import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import { hatch } from '../marks.ts'
import type { Random } from '../random.ts'
import { ellipse, gouge, place, smooth } from '../shape.ts'
import type { Point, Shape } from '../shape.ts'
import { leaf, leafPath } from './plants.ts'

/** A carrot with its top, point down, shoulders at the origin. */
export function carrot(random: Random, length: number, tone: Tone = tones.crust): Shape[] {
  const half = length * 0.14
  const root = smooth([[-half, 6], [-half * 0.9, length * 0.2], [-half * 0.5, length * 0.6], [2, length], [half * 0.55, length * 0.6], [half * 0.95, length * 0.2], [half, 6], [0, -6]], true)
  return [
    ...feathers(random, length * 0.75),
    { path: root, tone },
    ...hatch(random, { clip: root, left: -half, top: 0, width: half * 2, height: length, tone: tones.toast, spacing: length * 0.055, length: half * 0.9, sparse: 0.4, weight: 0.14, degrees: 4 }),
    { path: gouge([-half * 0.55, length * 0.08], [-half * 0.3, length * 0.5], half * 0.1), tone: tones.cream },
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
        fronds.push({ path: gouge([0, -reach * share], [side * size, -reach * share - size * 0.7], size * 0.16), tone: tones.moss })
      }
    }
    return place([stem, ...fronds], { x: 0, y: 0, degrees: lean })
  })
}

/** A leek, roots at the origin, leaves up. */
export function leek(random: Random, height: number): Shape[] {
  const half = height * 0.06
  const shaft = smooth([[-half, -6], [-half * 0.85, -height * 0.25], [-half * 0.9, -height * 0.5], [half * 0.9, -height * 0.5], [half * 0.85, -height * 0.25], [half, -6], [0, 3]], true)
  const roots = Array.from({ length: 9 }, (): Shape => ({ path: gouge([random.between(-half, half) * 0.7, 0], [random.between(-half, half) * 1.5, height * random.between(0.04, 0.08)], 1.2), tone: tones.wheat }))
  const leaves = [-38, 34, -20, 18, -3].flatMap((degrees, index) =>
    place(leaf(height * (0.5 + index * 0.03), half * 0.95, index % 2 === 0 ? tones.pine : tones.sage, tones.mist), { x: 0, y: -height * 0.44, degrees: degrees - 90 }),
  )
  return [
    ...roots,
    ...leaves,
    { path: shaft, tone: tones.paper },
    { path: shaft, tone: tones.sage, overprint: true, fade: { from: [0, -height * 0.16], to: [0, -height * 0.5], fromShare: 0, toShare: 0.95 } },
    ...[-0.4, 0.1, 0.5].map((share): Shape => ({ path: gouge([half * share, -height * 0.06], [half * share, -height * 0.46], 1.2), tone: tones.sage })),
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
      shapes.push({ path: gouge([0, -height * share], [side * reach, -height * (share + 0.13)], 2.4), tone: tones.leaf })
    }
  }
  return shapes
}

/** A beetroot with leaves, its crown at the origin. */
export function beetroot(random: Random, size: number): Shape[] {
  const half = size / 2
  const root = smooth([[0, 0], [half * 0.8, size * 0.16], [half, size * 0.5], [half * 0.5, size * 0.86], [3, size * 1.3], [-half * 0.5, size * 0.86], [-half, size * 0.5], [-half * 0.8, size * 0.16]], true)
  const leaves = [-34, 30, -12, 12].flatMap((degrees) =>
    place(
      [
        { path: gouge([0, 0], [size * 0.62, 0], size * 0.03), tone: tones.brick },
        ...place(leaf(size * random.between(0.75, 0.95), size * 0.21, tones.moss, tones.brick), { x: size * 0.44, y: 0 }),
      ],
      { x: 0, y: 6, degrees: degrees - 90 },
    ),
  )
  return [
    ...leaves,
    { path: root, tone: tones.plum },
    ...hatch(random, { clip: root, left: -half * 0.7, top: size * 0.1, width: size * 0.5, height: size * 0.7, tone: tones.petal, spacing: size * 0.09, length: size * 0.22, sparse: 0.5, weight: 0.12, degrees: 6 }),
  ]
}

/** A potato about its centre. */
export function potato(random: Random, size: number, tone: Tone = tones.wheat): Shape[] {
  const outline = blob(random, size, size * 0.74)
  const eyes = Array.from({ length: 6 }, (): Shape => {
    const [x, y] = [random.between(-0.6, 0.6) * size, random.between(-0.45, 0.45) * size]
    return { path: gouge([x - size * 0.07, y], [x + size * 0.07, y], size * 0.02, -size * 0.02), tone: tones.toast }
  })
  return [
    { path: outline, tone },
    ...hatch(random, { clip: outline, left: -size, top: size * 0.1, width: size * 2, height: size * 0.64, tone: tones.crust, spacing: size * 0.12, length: size * 0.4, sparse: 0.35, weight: 0.16 }),
    ...eyes,
  ]
}

/** An onion, foot at the origin. */
export function onion(random: Random, size: number, tone: Tone = tones.crust): Shape[] {
  const outline = `M0 0C${-size * 0.9} ${-size * 0.05} ${-size * 0.85} ${-size * 0.85} ${-size * 0.12} ${-size * 0.98}L${-size * 0.05} ${-size * 1.3}L${size * 0.08} ${-size * 1.28}L${size * 0.12} ${-size * 0.98}C${size * 0.85} ${-size * 0.85} ${size * 0.9} ${-size * 0.05} 0 0Z`
  return [
    { path: outline, tone },
    ...[-0.5, -0.25, 0, 0.28, 0.5].map((bend): Shape => ({ path: gouge([0, -size * 0.06], [0, -size * 0.98], size * 0.016, bend * size), tone: random.chance(0.5) ? tones.toast : tones.cream })),
  ]
}

/** An apple about its centre, its cheek reddened. */
export function apple(random: Random, size: number, tone: Tone = tones.lime, cheek: Tone = tones.rose): Shape[] {
  const outline = smooth([[0, -size * 0.78], [size * 0.5, -size * 0.92], [size, -size * 0.3], [size * 0.72, size * 0.64], [size * 0.2, size * 0.92], [0, size * 0.84], [-size * 0.2, size * 0.92], [-size * 0.72, size * 0.64], [-size, -size * 0.3], [-size * 0.5, -size * 0.92]], true)
  return [
    { path: gouge([0, -size * 0.7], [size * 0.16, -size * 1.3], size * 0.07), tone: tones.brown },
    { path: outline, tone },
    ...hatch(random, { clip: outline, left: size * -0.1, top: -size * 0.9, width: size * 1.1, height: size * 1.7, tone: cheek, spacing: size * 0.13, length: size * 0.5, sparse: 0.12, weight: 0.34, degrees: 84 }),
    { path: gouge([-size * 0.66, -size * 0.36], [-size * 0.52, size * 0.24], size * 0.08, -size * 0.04), tone: tones.paper },
    ...place([{ path: leafPath(size * 0.6, size * 0.18), tone: tones.pine }], { x: size * 0.1, y: -size * 1.06, degrees: -20 }),
  ]
}

/** A courgette lying along x, stalk to the right. */
export function courgette(random: Random, length: number, tone: Tone = tones.pine): Shape[] {
  const half = length * 0.11
  const outline = smooth([[-length / 2, 0], [-length * 0.42, -half * 0.95], [0, -half * 0.9], [length * 0.38, -half * 0.6], [length * 0.46, -half * 0.45], [length * 0.46, half * 0.45], [length * 0.38, half * 0.6], [0, half * 0.95], [-length * 0.42, half]], true)
  return [
    { path: smooth([[length * 0.43, -half * 0.5], [length * 0.54, -half * 0.6], [length * 0.55, half * 0.5], [length * 0.43, half * 0.5]], true), tone: tones.lime },
    { path: outline, tone },
    ...hatch(random, { clip: outline, left: -length / 2, top: -half, width: length, height: half * 2, tone: tones.leaf, spacing: half * 0.42, length: length * 0.1, sparse: 0.45, weight: 0.16 }),
  ]
}

/** A courgette flower about its centre. */
export function courgetteFlower(size: number): Shape[] {
  const petals = [0, 72, 144, 216, 288].flatMap((degrees) => place(leaf(size, size * 0.34, tones.ochre, tones.crust), { x: 0, y: 0, degrees: degrees - 90 }))
  return [...petals, { path: ellipse(0, 0, size * 0.16), tone: tones.toast }]
}

/** A stick of rhubarb, foot at the origin. */
export function rhubarb(random: Random, height: number): Shape[] {
  const half = height * 0.034
  const stick = smooth([[-half, 0], [-half * 0.8, -height * 0.8], [half * 0.8, -height * 0.8], [half, 0]], true)
  return [
    { path: stick, tone: tones.rose },
    { path: gouge([-half * 0.3, -height * 0.04], [-half * 0.3, -height * 0.78], half * 0.16), tone: tones.petal },
    ...place(kale(random, height * 0.34, tones.lime), { x: 0, y: -height * 0.76 }),
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
