import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import { backdrop, bird, hill, levelMarks, snow, sun, wide } from '../landscape.ts'
import { boards, hatch } from '../marks.ts'
import type { Random } from '../random.ts'
import { ellipse, gouge, place, polygon, rectangle } from '../shape.ts'
import type { Shape } from '../shape.ts'
import { bareTree, grass, leaf, roundTree } from '../things/plants.ts'
import { apple, courgette, courgetteFlower, kale, leek } from '../things/produce.ts'
import { crate } from '../things/vessels.ts'

/** Rows of leeks and kale in snow, hedges bare, hills white. */
export function winterBeds(random: Random): Shape[] {
  const shapes: Shape[] = [
    backdrop(wide, { ash: 0.4, rose: 0.16 }, 0.3),
    ...sun(random, { x: 400, y: 220, radius: 66, tone: tones.blush, rays: tones.paper }),
    ...hill(random, wide, { y: 330, rise: 70, tone: tones.haze, marks: tones.paper, swells: 1.3, spacing: 22 }),
    ...hill(random, wide, { y: 430, rise: 44, tone: { ash: 0.5, sage: 0.25 }, marks: tones.paper, swells: 1.9, spacing: 18 }),
    { path: rectangle(-10, 520, 1620, 500), tone: { ochre: 0.3, rose: 0.22, ash: 0.45 } },
    ...levelMarks(random, wide, { top: 540, bottom: 1000, tone: tones.paper, spacing: 20, sparse: 0.25, growth: 2.4 }),
  ]
  for (const [x, height] of [[90, 300], [250, 230], [1180, 260], [1340, 360], [1520, 280]] as const) {
    shapes.push(...place(bareTree(random, height, tones.slate), { x, y: 530 }))
  }
  shapes.push({ path: polygon([[-10, 528], [1610, 512], [1610, 534], [-10, 548]]), tone: tones.slate })
  for (let row = 0; row < 4; row += 1) {
    const y = 640 + row * row * 22 + row * 46
    const scale = 0.5 + row * 0.24
    shapes.push({ path: gouge([-60, y + 6], [1660, y + 2], 13 * scale + 7, -6), tone: tones.brown })
    shapes.push(...levelMarks(random, wide, { top: y - 8, bottom: y + 14, tone: tones.paper, spacing: 10 * scale, sparse: 0.4 }))
    for (let x = 30 + (row % 2) * 30; x < 1600; x += 196 * scale) {
      const plant = row % 2 === 0 ? leek(random, 200) : kale(random, 150, random.chance(0.3) ? { sage: 0.9, rose: 0.4, ink: 0.4 } : tones.pine)
      shapes.push(...place(plant, { x: x + random.between(-8, 8), y, scale, degrees: random.between(-6, 6) }))
    }
  }
  return [...shapes, ...bird(700, 190, 24, tones.slate), ...bird(780, 220, 17, tones.slate), ...snow(random, wide, 90)]
}

/** Seed trays on the staging of the polytunnel. */
export function seedTrays(random: Random): Shape[] {
  const shapes: Shape[] = [
    backdrop(wide, tones.mist, 0.5),
    ...hill(random, wide, { y: 420, rise: 40, tone: tones.leaf, marks: tones.mist, swells: 1.8, spacing: 18 }),
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
    shapes.push(...hatch(random, { clip: plank, left: 0, top: y, width: 1600, height: 34 * scale, tone: tones.toast, spacing: 9, length: 120, sparse: 0.4, weight: 0.12 }))
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
  const shapes: Shape[] = [{ path: polygon([[-118, 0], [-126, -44], [126, -44], [118, 0]]), tone: kind % 3 === 1 ? tones.brick : tones.slate }]
  shapes.push({ path: ellipse(0, -44, 124, 13), tone: tones.brown })
  for (let x = -104; x <= 104; x += 23) {
    const height = random.between(34, 74) * (kind % 2 === 0 ? 1 : 0.7)
    const tone: Tone = kind % 3 === 0 ? tones.sage : kind % 3 === 1 ? tones.lime : tones.moss
    shapes.push({ path: gouge([x, -42], [x + random.between(-3, 3), -44 - height], 2.4), tone })
    for (const degrees of [-158, -22]) {
      shapes.push(...place(leaf(random.between(19, 29), 7.5, tone, tones.mist), { x, y: -42 - height, degrees: degrees + random.between(-12, 12) }))
    }
    if (height > 52) {
      for (const degrees of [-150, -30]) shapes.push(...place(leaf(17, 5.5, tone, tones.mist), { x, y: -42 - height * 0.55, degrees }))
    }
  }
  shapes.push({ path: polygon([[70, -46], [70, -98], [92, -98], [92, -46]]), tone: tones.paper })
  shapes.push({ path: rectangle(75, -90, 12, 3), tone: tones.ink })
  shapes.push({ path: rectangle(75, -82, 9, 3), tone: tones.ink })
  return shapes
}

/** A table that has given up under courgettes. */
export function courgettes(random: Random): Shape[] {
  const shapes: Shape[] = [
    backdrop(wide, tones.cream, 0.7),
    ...levelMarks(random, wide, { top: 30, bottom: 560, tone: tones.wheat, spacing: 34, sparse: 0.6 }),
    ...boards(random, { left: 0, top: 720, width: 1600, height: 280, board: 94 }, { board: tones.crust, seam: tones.brown, grain: tones.toast }),
  ]
  const heap = [
    { count: 8, y: 850, spread: 1230 },
    { count: 7, y: 762, spread: 1030 },
    { count: 6, y: 678, spread: 830 },
    { count: 4, y: 598, spread: 560 },
    { count: 3, y: 522, spread: 360 },
    { count: 1, y: 452, spread: 0 },
  ]
  for (const { count, y, spread } of heap) {
    for (let index = 0; index < count; index += 1) {
      const x = 800 - spread / 2 + (count > 1 ? (index / (count - 1)) * spread : 0)
      const tone = random.pick([tones.pine, tones.pine, tones.moss, tones.ochre, { sage: 1, ink: 0.32 }])
      shapes.push(...place(courgette(random, random.between(300, 390), tone), { x: x + random.between(-18, 18), y: y + random.between(-10, 10), degrees: random.between(-24, 24), scaleX: random.pick([1, -1]), scale: 1 }))
    }
  }
  for (const [x, y, size] of [[430, 560, 92], [1150, 600, 104], [820, 690, 84], [240, 770, 88], [1370, 790, 90], [760, 396, 86]] as const) {
    shapes.push(...place(courgetteFlower(size), { x, y, degrees: random.between(0, 70) }))
  }
  return shapes
}

/** An old apple tree, a ladder against it, crates filling. */
export function appleDay(random: Random): Shape[] {
  const crown = Array.from({ length: 13 }, (_, index) => {
    const [angle, reach] = [index * 2.4, 300 * Math.sqrt(index / 13)]
    return place(roundTree(random, random.between(118, 140), index % 2 === 0 ? tones.sage : { sage: 0.9, ochre: 0.2, ink: 0.08 }, tones.moss).slice(1), { x: 850 + Math.cos(angle) * reach * 1.15, y: 560 + Math.sin(angle) * reach * 0.72 })
  }).flat()
  const shapes: Shape[] = [
    backdrop(wide, { ochre: 0.3, rose: 0.12 }, 0.2),
    ...sun(random, { x: 300, y: 240, radius: 80, tone: tones.ochre, rays: tones.paper }),
    ...hill(random, wide, { y: 470, rise: 70, tone: tones.petal, marks: tones.blush, swells: 1.3, spacing: 20 }),
    ...hill(random, wide, { y: 580, rise: 44, tone: { ochre: 0.7, sage: 0.35 }, marks: tones.cream, swells: 1.8, spacing: 18 }),
    ...hill(random, wide, { y: 730, rise: 20, tone: tones.lime, marks: tones.leaf, swells: 1.5, spacing: 20 }),
    { path: 'M820 905Q850 700 820 500L900 500Q900 700 950 905Z', tone: tones.brown },
    ...crown,
  ]
  for (let index = 0; index < 46; index += 1) {
    const [angle, reach] = [random.between(0, Math.PI * 2), Math.sqrt(random.next())]
    const [x, y] = [850 + Math.cos(angle) * reach * 365, 352 + Math.sin(angle) * reach * 262]
    shapes.push(...place(apple(random, 21, random.pick([tones.brick, tones.rose, tones.ochre]), tones.brick), { x, y, degrees: random.between(-20, 20) }))
  }
  shapes.push({ path: gouge([1130, 930], [1010, 250], 9), tone: tones.wheat }, { path: gouge([1250, 930], [1100, 240], 9), tone: tones.wheat })
  for (let step = 0; step < 9; step += 1) {
    const share = 0.08 + step * 0.1
    shapes.push({ path: gouge([1130 - share * 118, 930 - share * 680], [1250 - share * 148, 930 - share * 690], 7), tone: tones.crust })
  }
  for (const [x, y, scale] of [[330, 900, 1], [560, 940, 1.1], [1420, 930, 1.05]] as const) {
    for (let index = 0; index < 15; index += 1) {
      const fruit = apple(random, 29, random.pick([tones.rose, tones.ochre, tones.brick]), tones.brick)
      shapes.push(...place(fruit, { x: x + (((index % 5) - 2) * 40 + random.between(-8, 8)) * scale, y: y - (118 + Math.floor(index / 5) * 19) * scale, scale, degrees: random.between(-30, 30) }))
    }
    shapes.push(...place(crate(random, 260, 118), { x, y, scale }))
  }
  return [...shapes, ...grass(random, { left: -20, right: 1620, y: 1010, height: 90, count: 240 }, tones.moss)]
}

/** Seed packets laid out on a cloth, each with a plant on it. */
export function seedSwap(random: Random): Shape[] {
  const shapes: Shape[] = [{ path: rectangle(0, 0, 1600, 1000), tone: tones.petal }]
  shapes.push(...hatch(random, { clip: rectangle(0, 0, 1600, 1000), left: 0, top: 0, width: 1600, height: 1000, tone: tones.blush, spacing: 17, length: 30, sparse: 0.25, weight: 0.12, degrees: 45 }))
  const covers: readonly Tone[] = [tones.cream, tones.mist, tones.wheat, tones.paper]
  for (let row = 0; row < 3; row += 1) {
    for (let column = 0; column < 6; column += 1) {
      const [x, y] = [150 + column * 260 + (row % 2) * 20, 180 + row * 322]
      shapes.push(...place(packet(random, random.pick(covers), row * 6 + column), { x, y, degrees: random.between(-7, 7) }))
    }
  }
  for (let index = 0; index < 80; index += 1) {
    shapes.push(...place([{ path: ellipse(0, 0, random.between(4, 8), random.between(3, 5)), tone: random.pick([tones.brown, tones.ink, tones.crust]) }], { x: random.between(20, 1580), y: random.between(20, 980), degrees: random.between(0, 180) }))
  }
  return shapes
}

function packet(random: Random, cover: Tone, kind: number): Shape[] {
  const frame = rectangle(-92, -126, 184, 252)
  const drawings: readonly (() => Shape[])[] = [
    () => place(leek(random, 190), { x: 0, y: 104 }),
    () => place(kale(random, 176), { x: 0, y: 98 }),
    () => place(courgetteFlower(66), { x: 0, y: 26 }),
    () => place(apple(random, 50, tones.ochre), { x: 0, y: 40 }),
    () => place(tray(random, kind).slice(2, 26), { x: 0, y: 96, scale: 0.8 }),
  ]
  const draw = drawings[kind % drawings.length]
  return [
    { path: rectangle(-86, -118, 188, 254), tone: tones.brick, overprint: true },
    { path: frame, tone: cover },
    { path: rectangle(-92, -126, 184, 46), tone: random.pick([tones.brick, tones.pine, tones.ochre, tones.slate]) },
    { path: rectangle(-62, -110, 124, 6), tone: tones.paper },
    { path: rectangle(-42, -98, 84, 5), tone: tones.paper },
    ...(draw?.() ?? []),
  ]
}
