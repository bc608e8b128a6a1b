import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import type { Random } from '../random.ts'
import { ellipse, gouge, pair, place, smooth } from '../shape.ts'
import type { Point, Shape } from '../shape.ts'

export interface TreeTones {
  readonly tone: Tone
  readonly marks: Tone
}

/** A leaf from its stalk to its tip along x. */
export function leafPath(length: number, width: number): string {
  return `M0 0C${pair([length * 0.25, -width])} ${pair([length * 0.7, -width * 0.8])} ${pair([length, 0])}C${pair([length * 0.7, width * 0.8])} ${pair([length * 0.25, width])} 0 0Z`
}

/** A leaf with a midrib cut out. */
export function leaf(
  length: number,
  width: number,
  { tone, rib = tones.paper }: { tone: Tone; rib?: Tone },
): Shape[] {
  return [
    { path: leafPath(length, width), tone },
    { path: gouge([length * 0.05, 0], [length * 0.88, 0], Math.max(width * 0.09, 0.8)), tone: rib },
  ]
}

/** A round tree: a crown of leaf marks on a short trunk, about its foot. */
export function roundTree(random: Random, radius: number, { tone, marks }: TreeTones): Shape[] {
  const crown: Point[] = Array.from({ length: 14 }, (_, index) => {
    const angle = (index / 14) * Math.PI * 2
    const reach = radius * random.between(0.88, 1.1)
    return [Math.cos(angle) * reach, -radius * 1.55 + Math.sin(angle) * reach * 1.08]
  })
  const shapes: Shape[] = [
    { path: gouge([0, 0], [0, -radius * 1.5], radius * 0.12), tone: tones.brown },
    { path: smooth(crown, true), tone },
  ]
  for (let index = 0; index < radius * 0.8; index += 1) {
    const angle = random.between(0, Math.PI * 2)
    const reach = Math.sqrt(random.next()) * radius * 0.86
    const [x, y] = [Math.cos(angle) * reach, -radius * 1.55 + Math.sin(angle) * reach]
    const size = Math.min(radius, 70) * random.between(0.07, 0.13)
    const path = gouge([x - size, y + size * 0.4], [x + size, y - size * 0.4], size * 0.34)
    shapes.push({ path, tone: marks })
  }
  return shapes
}

interface Branch {
  readonly from: Point
  readonly angle: number
  readonly length: number
  readonly width: number
}

/** A bare tree, drawn branch by branch about its foot. */
export function bareTree(random: Random, height: number, tone: Tone): Shape[] {
  const shapes: Shape[] = []
  const grow = ({ from, angle, length, width }: Branch): void => {
    const to: Point = [from[0] + Math.cos(angle) * length, from[1] + Math.sin(angle) * length]
    const bend: Point = [
      (from[0] + to[0]) / 2 + random.between(-0.1, 0.1) * length,
      (from[1] + to[1]) / 2,
    ]
    shapes.push({ path: smooth([from, bend, to]), tone, strokeWidth: Math.max(width, 1.1) })
    if (length < height * 0.055) return
    const forks = random.chance(0.3) ? 3 : 2
    for (let fork = 0; fork < forks; fork += 1) {
      const turn =
        (fork - (forks - 1) / 2) * random.between(0.55, 0.85) + random.between(-0.15, 0.15)
      grow({
        from: to,
        angle: angle + turn,
        length: length * random.between(0.62, 0.78),
        width: width * 0.62,
      })
    }
  }
  grow({
    from: [0, 0],
    angle: -Math.PI / 2 + random.between(-0.06, 0.06),
    length: height * 0.3,
    width: height * 0.045,
  })
  return shapes
}

/** A poplar or a young fir, about its foot. */
export function tallTree(random: Random, height: number, { tone, marks }: TreeTones): Shape[] {
  const half = height * 0.14
  const shapes: Shape[] = [
    { path: gouge([0, 0], [0, -height * 0.3], height * 0.02), tone: tones.brown },
    {
      path: smooth(
        [
          [0, -height],
          [half * 0.8, -height * 0.62],
          [half, -height * 0.3],
          [0, -height * 0.1],
          [-half, -height * 0.3],
          [-half * 0.8, -height * 0.62],
        ],
        true,
      ),
      tone,
    },
  ]
  for (let y = -height * 0.86; y < -height * 0.18; y += height * 0.045) {
    const x = random.between(-0.5, 0.5) * half
    const path = gouge([x, y], [x + random.between(-3, 3), y - height * 0.08], height * 0.009)
    shapes.push({ path, tone: marks })
  }
  return shapes
}

/** One flowering stem of rosebay willowherb, about its foot. */
export function willowherb(random: Random, height: number): Shape[] {
  const shapes: Shape[] = []
  const lean = random.between(-0.1, 0.1) * height
  const at = (share: number): Point => [lean * share * share, -height * share]
  shapes.push({
    path: smooth([at(0), at(0.35), at(0.7), at(1)]),
    tone: tones.brick,
    strokeWidth: height * 0.012,
  })
  for (let share = 0.1; share < 0.56; share += 0.042) {
    const [x, y] = at(share)
    const side = Math.round(share / 0.042) % 2 === 0 ? 1 : -1
    const length = height * random.between(0.12, 0.17) * (1.1 - share * 0.7)
    const degrees = side > 0 ? random.between(-42, -18) : random.between(198, 222)
    shapes.push(
      ...place(leaf(length, height * 0.015, { tone: tones.sage, rib: tones.mist }), {
        x,
        y,
        degrees,
      }),
    )
  }
  for (let share = 0.5; share < 0.84; share += 0.024) {
    const [x, y] = at(share)
    const size = height * 0.052 * (1.45 - share)
    const reach = height * 0.062 * (1.5 - share)
    for (const side of random.chance(0.6) ? [-1, 1] : [random.pick([-1, 1])]) {
      const centre: Point = [x + side * reach * random.between(0.5, 1), y + random.between(-4, 4)]
      shapes.push(
        { path: gouge([x, y], centre, 1.3), tone: tones.plum },
        ...flower(random, centre, size),
      )
    }
  }
  for (let share = 0.83; share < 1.01; share += 0.016) {
    const [x, y] = at(share)
    const side = random.pick([-1, 1])
    const length = height * 0.036 * (1.6 - share)
    const path = gouge([x, y], [x + side * length, y - length * 0.5], height * 0.0065)
    shapes.push({ path, tone: tones.plum })
  }
  return shapes
}

function flower(random: Random, [x, y]: Point, size: number): Shape[] {
  const turn = random.between(0, 90)
  const petals = [0, 90, 180, 270].flatMap((degrees) =>
    place(
      [{ path: leafPath(size, size * 0.46), tone: random.chance(0.3) ? tones.petal : tones.rose }],
      {
        x,
        y,
        degrees: degrees + turn,
      },
    ),
  )
  return [...petals, { path: ellipse(x, y, size * 0.15), tone: tones.paper }]
}

/** An ear of wheat on its stalk, about its foot. */
export function wheat(random: Random, height: number, tone: Tone = tones.ochre): Shape[] {
  const lean = random.between(-0.22, 0.22) * height
  const at = (share: number): Point => [lean * share * share, -height * share]
  const shapes: Shape[] = [
    {
      path: smooth([at(0), at(0.4), at(0.75), at(1)]),
      tone,
      strokeWidth: Math.max(height * 0.011, 1.5),
    },
  ]
  for (let share = 0.72; share <= 1; share += 0.034) {
    const [x, y] = at(share)
    for (const degrees of [-128, -52]) {
      const grain = [{ path: leafPath(height * 0.062, height * 0.017), tone }]
      shapes.push(...place(grain, { x, y, degrees: degrees + lean * 0.05 }))
    }
  }
  return shapes
}

/** Tufts of grass along a line. */
export function grass(
  random: Random,
  area: { left: number; right: number; y: number; height: number; count: number },
  tone: Tone,
): Shape[] {
  return Array.from({ length: area.count }, () => {
    const x = random.between(area.left, area.right)
    const y = area.y + random.between(-6, 8)
    const tip: Point = [
      x + random.between(-0.4, 0.4) * area.height,
      y - area.height * random.between(0.5, 1),
    ]
    return { path: gouge([x, y], tip, area.height * 0.04, random.between(-4, 4)), tone }
  })
}
