import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import { backdrop, bird, hill, levelMarks, snow, sun, wide } from '../landscape.ts'
import { hatch } from '../marks.ts'
import type { Random } from '../random.ts'
import { ellipse, gouge, place, points, polygon, rectangle } from '../shape.ts'
import type { Shape } from '../shape.ts'
import { apple, courgetteFlower } from '../things/fruit.ts'
import { bareTree, leaf } from '../things/plants.ts'
import { kale, leek } from '../things/produce.ts'

/** Rows of leeks and kale in snow, hedges bare, hills white. */
export function winterBeds(random: Random): Shape[] {
  const shapes: Shape[] = [
    backdrop(wide, { ash: 0.4, rose: 0.16 }, 0.3),
    ...sun(random, { x: 400, y: 220, radius: 66, tone: tones.blush, rays: tones.paper }),
    ...hill(random, wide, {
      y: 330,
      rise: 70,
      tone: tones.haze,
      marks: tones.paper,
      swells: 1.3,
      spacing: 22,
    }),
    ...hill(random, wide, {
      y: 430,
      rise: 44,
      tone: { ash: 0.5, sage: 0.25 },
      marks: tones.paper,
      swells: 1.9,
      spacing: 18,
    }),
    { path: rectangle(-10, 520, 1620, 500), tone: { ochre: 0.3, rose: 0.22, ash: 0.45 } },
    ...levelMarks(random, wide, {
      top: 540,
      bottom: 1000,
      tone: tones.paper,
      spacing: 20,
      sparse: 0.25,
      growth: 2.4,
    }),
  ]
  for (const [x, height] of points('90,300 250,230 1180,260 1340,360 1520,280')) {
    shapes.push(...place(bareTree(random, height, tones.slate), { x, y: 530 }))
  }
  shapes.push({
    path: polygon(points('-10,528 1610,512 1610,534 -10,548')),
    tone: tones.slate,
  })
  for (let row = 0; row < 4; row += 1) {
    const y = 640 + row * row * 22 + row * 46
    const scale = 0.5 + row * 0.24
    shapes.push({ path: gouge([-60, y + 6], [1660, y + 2], 13 * scale + 7, -6), tone: tones.brown })
    shapes.push(
      ...levelMarks(random, wide, {
        top: y - 8,
        bottom: y + 14,
        tone: tones.paper,
        spacing: 10 * scale,
        sparse: 0.4,
      }),
    )
    for (let x = 30 + (row % 2) * 30; x < 1600; x += 196 * scale) {
      const plant =
        row % 2 === 0
          ? leek(random, 200)
          : kale(random, 150, random.chance(0.3) ? { sage: 0.9, rose: 0.4, ink: 0.4 } : tones.pine)
      shapes.push(
        ...place(plant, { x: x + random.between(-8, 8), y, scale, degrees: random.between(-6, 6) }),
      )
    }
  }
  return [
    ...shapes,
    ...bird([700, 190], 24, tones.slate),
    ...bird([780, 220], 17, tones.slate),
    ...snow(random, wide, 90),
  ]
}

/** Seed trays on the staging of the polytunnel. */
export function seedTrays(random: Random): Shape[] {
  const shapes: Shape[] = [
    backdrop(wide, tones.mist, 0.5),
    ...hill(random, wide, {
      y: 420,
      rise: 40,
      tone: tones.leaf,
      marks: tones.mist,
      swells: 1.8,
      spacing: 18,
    }),
  ]
  for (let index = 0; index < 5; index += 1) {
    const reach = 980 - index * 130
    const path = `M${800 - reach} 1000Q${800 - reach} ${150 + index * 54} 800 ${110 + index * 58}Q${800 + reach} ${150 + index * 54} ${800 + reach} 1000`
    shapes.push({ path, tone: tones.ash, strokeWidth: 15 - index * 2 })
    shapes.push({ path, tone: tones.paper, strokeWidth: 4 })
  }
  for (let row = 0; row < 3; row += 1) {
    const [y, scale] = [560 + row * 190, 0.72 + row * 0.26]
    const plank = rectangle(-20, y, 1640, 34 * scale)
    shapes.push({ path: plank, tone: tones.crust })
    shapes.push(
      ...hatch(random, {
        clip: plank,
        left: 0,
        top: y,
        width: 1600,
        height: 34 * scale,
        tone: tones.toast,
        spacing: 9,
        length: 120,
        sparse: 0.4,
        weight: 0.12,
      }),
    )
    const count = Math.ceil(6 / scale)
    for (let index = 0; index < count; index += 1) {
      const x = ((index + 0.5) / count) * 1640 - 20
      shapes.push(...place(tray(random, index + row), { x, y: y + 3, scale }))
    }
  }
  return shapes
}

/** A tray of seedlings, foot at the origin. */
function tray(random: Random, kind: number): Shape[] {
  const shapes: Shape[] = [
    {
      path: polygon(points('-118,0 -126,-44 126,-44 118,0')),
      tone: kind % 3 === 1 ? tones.brick : tones.slate,
    },
  ]
  shapes.push({ path: ellipse(0, -44, 124, 13), tone: tones.brown })
  for (let x = -104; x <= 104; x += 23) {
    const height = random.between(34, 74) * (kind % 2 === 0 ? 1 : 0.7)
    const tone: Tone = kind % 3 === 0 ? tones.sage : kind % 3 === 1 ? tones.lime : tones.moss
    shapes.push({ path: gouge([x, -42], [x + random.between(-3, 3), -44 - height], 2.4), tone })
    for (const degrees of [-158, -22]) {
      shapes.push(
        ...place(leaf(random.between(19, 29), 7.5, { tone: tone, rib: tones.mist }), {
          x,
          y: -42 - height,
          degrees: degrees + random.between(-12, 12),
        }),
      )
    }
    if (height > 52) {
      for (const degrees of [-150, -30])
        shapes.push(
          ...place(leaf(17, 5.5, { tone: tone, rib: tones.mist }), {
            x,
            y: -42 - height * 0.55,
            degrees,
          }),
        )
    }
  }
  shapes.push({
    path: polygon(points('70,-46 70,-98 92,-98 92,-46')),
    tone: tones.paper,
  })
  shapes.push({ path: rectangle(75, -90, 12, 3), tone: tones.ink })
  shapes.push({ path: rectangle(75, -82, 9, 3), tone: tones.ink })
  return shapes
}

/** Seed packets laid out on a cloth, each with a plant on it. */
export function seedSwap(random: Random): Shape[] {
  const shapes: Shape[] = [{ path: rectangle(0, 0, 1600, 1000), tone: tones.petal }]
  shapes.push(
    ...hatch(random, {
      clip: rectangle(0, 0, 1600, 1000),
      left: 0,
      top: 0,
      width: 1600,
      height: 1000,
      tone: tones.blush,
      spacing: 17,
      length: 30,
      sparse: 0.25,
      weight: 0.12,
      degrees: 45,
    }),
  )
  const covers: readonly Tone[] = [tones.cream, tones.mist, tones.wheat, tones.paper]
  for (let row = 0; row < 3; row += 1) {
    for (let column = 0; column < 6; column += 1) {
      const [x, y] = [150 + column * 260 + (row % 2) * 20, 180 + row * 322]
      shapes.push(
        ...place(packet(random, random.pick(covers), row * 6 + column), {
          x,
          y,
          degrees: random.between(-7, 7),
        }),
      )
    }
  }
  for (let index = 0; index < 80; index += 1) {
    shapes.push(
      ...place(
        [
          {
            path: ellipse(0, 0, random.between(4, 8), random.between(3, 5)),
            tone: random.pick([tones.brown, tones.ink, tones.crust]),
          },
        ],
        {
          x: random.between(20, 1580),
          y: random.between(20, 980),
          degrees: random.between(0, 180),
        },
      ),
    )
  }
  return shapes
}

function packet(random: Random, cover: Tone, kind: number): Shape[] {
  const frame = rectangle(-92, -126, 184, 252)
  const drawings: readonly (() => Shape[])[] = [
    () => place(leek(random, 190), { x: 0, y: 104 }),
    () => place(kale(random, 176), { x: 0, y: 98 }),
    () => place(courgetteFlower(66), { x: 0, y: 26 }),
    () => place(apple(random, 50, { tone: tones.ochre }), { x: 0, y: 40 }),
    () => place(tray(random, kind).slice(2, 26), { x: 0, y: 96, scale: 0.8 }),
  ]
  const draw = drawings[kind % drawings.length]
  return [
    { path: rectangle(-86, -118, 188, 254), tone: tones.brick, overprint: true },
    { path: frame, tone: cover },
    {
      path: rectangle(-92, -126, 184, 46),
      tone: random.pick([tones.brick, tones.pine, tones.ochre, tones.slate]),
    },
    { path: rectangle(-62, -110, 124, 6), tone: tones.paper },
    { path: rectangle(-42, -98, 84, 5), tone: tones.paper },
    ...(draw?.() ?? []),
  ]
}
