import { tones } from '../ink.ts'
import { backdrop, hill, levelMarks, sun, wide } from '../landscape.ts'
import { boards } from '../marks.ts'
import type { Random } from '../random.ts'
import { gouge, place } from '../shape.ts'
import type { Shape } from '../shape.ts'
import { apple, courgette, courgetteFlower } from '../things/fruit.ts'
import { grass, roundTree } from '../things/plants.ts'
import { crate } from '../things/sacks.ts'

/** A table that has given up under courgettes. */
export function courgettes(random: Random): Shape[] {
  const shapes: Shape[] = [
    backdrop(wide, tones.cream, 0.7),
    ...levelMarks(random, wide, {
      top: 30,
      bottom: 560,
      tone: tones.wheat,
      spacing: 34,
      sparse: 0.6,
    }),
    ...boards(
      random,
      { left: 0, top: 720, width: 1600, height: 280, board: 94 },
      { board: tones.crust, seam: tones.brown, grain: tones.toast },
    ),
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
      const tone = random.pick([
        tones.pine,
        tones.pine,
        tones.moss,
        tones.ochre,
        { sage: 1, ink: 0.32 },
      ])
      shapes.push(
        ...place(courgette(random, random.between(300, 390), tone), {
          x: x + random.between(-18, 18),
          y: y + random.between(-10, 10),
          degrees: random.between(-24, 24),
          scaleX: random.pick([1, -1]),
          scale: 1,
        }),
      )
    }
  }
  for (const [x, y, size] of [
    [430, 560, 92],
    [1150, 600, 104],
    [820, 690, 84],
    [240, 770, 88],
    [1370, 790, 90],
    [760, 396, 86],
  ] as const) {
    shapes.push(...place(courgetteFlower(size), { x, y, degrees: random.between(0, 70) }))
  }
  return shapes
}

/** An old apple tree, a ladder against it, crates filling. */
export function appleDay(random: Random): Shape[] {
  const crown = Array.from({ length: 13 }, (_, index) => {
    const [angle, reach] = [index * 2.4, 300 * Math.sqrt(index / 13)]
    return place(
      roundTree(random, random.between(118, 140), {
        tone: index % 2 === 0 ? tones.sage : { sage: 0.9, ochre: 0.2, ink: 0.08 },
        marks: tones.moss,
      }).slice(1),
      { x: 850 + Math.cos(angle) * reach * 1.15, y: 560 + Math.sin(angle) * reach * 0.72 },
    )
  }).flat()
  const shapes: Shape[] = [
    backdrop(wide, { ochre: 0.3, rose: 0.12 }, 0.2),
    ...sun(random, { x: 300, y: 240, radius: 80, tone: tones.ochre, rays: tones.paper }),
    ...hill(random, wide, {
      y: 470,
      rise: 70,
      tone: tones.petal,
      marks: tones.blush,
      swells: 1.3,
      spacing: 20,
    }),
    ...hill(random, wide, {
      y: 580,
      rise: 44,
      tone: { ochre: 0.7, sage: 0.35 },
      marks: tones.cream,
      swells: 1.8,
      spacing: 18,
    }),
    ...hill(random, wide, {
      y: 730,
      rise: 20,
      tone: tones.lime,
      marks: tones.leaf,
      swells: 1.5,
      spacing: 20,
    }),
    { path: 'M820 905Q850 700 820 500L900 500Q900 700 950 905Z', tone: tones.brown },
    ...crown,
  ]
  for (let index = 0; index < 46; index += 1) {
    const [angle, reach] = [random.between(0, Math.PI * 2), Math.sqrt(random.next())]
    const [x, y] = [850 + Math.cos(angle) * reach * 365, 352 + Math.sin(angle) * reach * 262]
    shapes.push(
      ...place(
        apple(random, 21, {
          tone: random.pick([tones.brick, tones.rose, tones.ochre]),
          cheek: tones.brick,
        }),
        { x, y, degrees: random.between(-20, 20) },
      ),
    )
  }
  shapes.push(
    { path: gouge([1130, 930], [1010, 250], 9), tone: tones.wheat },
    { path: gouge([1250, 930], [1100, 240], 9), tone: tones.wheat },
  )
  for (let step = 0; step < 9; step += 1) {
    const share = 0.08 + step * 0.1
    shapes.push({
      path: gouge(
        [1130 - share * 118, 930 - share * 680],
        [1250 - share * 148, 930 - share * 690],
        7,
      ),
      tone: tones.crust,
    })
  }
  for (const [x, y, scale] of [
    [330, 900, 1],
    [560, 940, 1.1],
    [1420, 930, 1.05],
  ] as const) {
    for (let index = 0; index < 15; index += 1) {
      const fruit = apple(random, 29, {
        tone: random.pick([tones.rose, tones.ochre, tones.brick]),
        cheek: tones.brick,
      })
      shapes.push(
        ...place(fruit, {
          x: x + (((index % 5) - 2) * 40 + random.between(-8, 8)) * scale,
          y: y - (118 + Math.floor(index / 5) * 19) * scale,
          scale,
          degrees: random.between(-30, 30),
        }),
      )
    }
    shapes.push(...place(crate(random, 260, 118), { x, y, scale }))
  }
  return [
    ...shapes,
    ...grass(random, { left: -20, right: 1620, y: 1010, height: 90, count: 240 }, tones.moss),
  ]
}
